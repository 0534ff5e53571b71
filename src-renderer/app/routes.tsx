import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import SettingsIcon from '@mui/icons-material/TuneOutlined';
import { type ComponentType, lazy } from 'react';

/** One screen of the app: where it is, how the rail shows it, and its code, fetched when it is first opened. */
export interface Route {
	/** Its address without what may follow. */
	to: string;
	/** The pattern it answers to. */
	path: string;
	/** Its place in the rail; a screen that is one of another's tabs has none. `label` is the key of its short name in `app`. */
	rail?: { icon: ComponentType; label: 'nav.home' | 'nav.models' | 'nav.chat' | 'nav.grading' | 'nav.settings'; isLast?: boolean };
	/** Its name, a key in `app`, among the tabs of the place that it shares with others. */
	tab?: 'tabs.here' | 'tabs.find' | 'tabs.downloads';
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

/** Every screen there is, in the order of the rail and of the tabs. */
export const routes: readonly Route[] = [
	{
		to: '/',
		path: '/',
		rail: { icon: HomeIcon, label: 'nav.home' },
		...screen(async () => (await import('../features/home/HomeScreen.tsx')).HomeScreen),
	},
	{
		to: '/models',
		path: '/models',
		rail: { icon: ModelsIcon, label: 'nav.models' },
		tab: 'tabs.here',
		...screen(async () => (await import('../features/library/LibraryScreen.tsx')).LibraryScreen),
	},
	{
		to: '/models/find',
		path: '/models/find',
		tab: 'tabs.find',
		...screen(async () => (await import('../features/market/FindScreen.tsx')).FindScreen),
	},
	{
		to: '/models/downloads',
		path: '/models/downloads',
		tab: 'tabs.downloads',
		...screen(async () => (await import('../features/market/DownloadsScreen.tsx')).DownloadsScreen),
	},
	{
		to: '/chat',
		path: '/chat/:conversationId?',
		rail: { icon: ChatIcon, label: 'nav.chat' },
		...checkingScreen(async () => (await import('../features/chat/ChatScreen.tsx')).ChatScreen),
	},
	{
		to: '/grading',
		path: '/grading/:assignmentId?',
		rail: { icon: GradingIcon, label: 'nav.grading' },
		...checkingScreen(async () => (await import('../features/grading/GradingScreen.tsx')).GradingScreen),
	},
	{
		to: '/settings',
		path: '/settings',
		rail: { icon: SettingsIcon, label: 'nav.settings', isLast: true },
		...screen(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen),
	},
];

/** Fetches the code of the screen that an address such as `#/chat/1` opens. Never rejects: what fails here fails again where it is shown and told. */
export async function fetchFirstScreen(hash: string): Promise<void> {
	await routeOf(hash.slice(1))
		?.fetchCode()
		.catch(() => {});
}

/** The screen that an address opens: the one with the longest address that it begins with, whole words. */
export function routeOf(address: string): Route | null {
	const pathname = (address.split('?')[0] ?? '').replace(/\/+$/, '');
	const found = routes.filter(({ to }) => pathname === to.replace(/\/$/, '') || (to !== '/' && pathname.startsWith(`${to}/`)));
	return found.sort((a, b) => b.to.length - a.to.length)[0] ?? null;
}
