import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import SettingsIcon from '@mui/icons-material/TuneOutlined';
import { type ComponentType, lazy } from 'react';

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
	/** The screen: itself once its code is there, until then one that suspends. */
	component: () => ComponentType;
	/** Fetches the screen's code before it is shown; safe to repeat. */
	fetchCode: () => Promise<unknown>;
}

/** A screen whose code is fetched when it is first opened, or before by `fetchCode`. */
function screen(load: () => Promise<ComponentType>): Pick<Route, 'component' | 'fetchCode'> {
	let loaded: ComponentType | null = null;
	const fetchCode = async () => {
		loaded = await load();
		return { default: loaded };
	};
	const suspending = lazy(fetchCode);
	return { component: () => loaded ?? suspending, fetchCode };
}

/** A screen that checks what is typed by the contract's own schemas: they must find zod configured when they are made. */
function checkingScreen(load: () => Promise<ComponentType>): Pick<Route, 'component' | 'fetchCode'> {
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
		...screen(async () => (await import('../features/home/HomeScreen.tsx')).HomeScreen),
	},
	{
		to: '/models',
		path: '/models',
		icon: ModelsIcon,
		label: 'nav.models',
		...screen(async () => (await import('../features/library/LibraryScreen.tsx')).LibraryScreen),
	},
	{
		to: '/chat',
		path: '/chat/:conversationId?',
		icon: ChatIcon,
		label: 'nav.chat',
		...checkingScreen(async () => (await import('../features/chat/ChatScreen.tsx')).ChatScreen),
	},
	{
		to: '/grading',
		path: '/grading/:assignmentId?',
		icon: GradingIcon,
		label: 'nav.grading',
		...checkingScreen(async () => (await import('../features/grading/GradingScreen.tsx')).GradingScreen),
	},
	{
		to: '/settings',
		path: '/settings',
		icon: SettingsIcon,
		label: 'nav.settings',
		isLast: true,
		...screen(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen),
	},
];

/** Fetches the code of the screen that an address such as `#/chat/1` opens. Never rejects: what fails here fails again where it is shown and told. */
export async function fetchFirstScreen(hash: string): Promise<void> {
	const word = hash.split('/')[1] ?? '';
	await routes
		.find(({ to }) => to === `/${word}`)
		?.fetchCode()
		.catch(() => {});
}
