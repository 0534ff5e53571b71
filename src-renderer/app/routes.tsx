import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import SettingsIcon from '@mui/icons-material/TuneOutlined';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** One screen of the app: where it is, how the rail shows it, and its code, fetched when it is first opened. */
export interface Route {
	/** The address in the rail. */
	to: string;
	/** The pattern it answers to. */
	path: string;
	icon: ComponentType;
	/** Key of its short name in `app`. */
	label: 'nav.home' | 'nav.models' | 'nav.chat' | 'nav.grading' | 'nav.settings';
	/** Stands at the foot of the rail. */
	isLast?: boolean;
	Screen: LazyExoticComponent<ComponentType>;
}

/** A screen whose code is fetched when it is first opened. */
function screen(load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> {
	return lazy(async () => ({ default: await load() }));
}

/** A screen that checks what is typed by the contract's own schemas: they must find zod configured when they are made. */
function checkingScreen(load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> {
	return screen(async () => {
		await import('./configureZod.ts');
		return load();
	});
}

/** Every screen there is, in the rail's order. */
export const routes: readonly Route[] = [
	{
		to: '/',
		path: '/',
		icon: HomeIcon,
		label: 'nav.home',
		Screen: screen(async () => (await import('../features/home/HomeScreen.tsx')).HomeScreen),
	},
	{
		to: '/models',
		path: '/models',
		icon: ModelsIcon,
		label: 'nav.models',
		Screen: screen(async () => (await import('../features/library/LibraryScreen.tsx')).LibraryScreen),
	},
	{
		to: '/chat',
		path: '/chat/:conversationId?',
		icon: ChatIcon,
		label: 'nav.chat',
		Screen: checkingScreen(async () => (await import('../features/chat/ChatScreen.tsx')).ChatScreen),
	},
	{
		to: '/grading',
		path: '/grading/:assignmentId?',
		icon: GradingIcon,
		label: 'nav.grading',
		Screen: checkingScreen(async () => (await import('../features/grading/GradingScreen.tsx')).GradingScreen),
	},
	{
		to: '/settings',
		path: '/settings',
		icon: SettingsIcon,
		label: 'nav.settings',
		isLast: true,
		Screen: screen(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen),
	},
];
