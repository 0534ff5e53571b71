import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import FinetuneIcon from '@mui/icons-material/SchoolOutlined';
import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import AdminIcon from '@mui/icons-material/SupervisorAccountOutlined';
import ConvertIcon from '@mui/icons-material/SwapHorizOutlined';
import SettingsIcon from '@mui/icons-material/TuneOutlined';
import { type ComponentType, lazy } from 'react';
import type { Role } from '#contract/accounts.ts';
import { HomeScreen } from '../features/home/HomeScreen.tsx';
import { DownloadsRunning } from './DownloadsRunning.tsx';

/** A place of several pages, each of which is one of its tabs. */
export type Place = 'models' | 'convert' | 'finetune' | 'account' | 'admin' | 'settings';

/** One screen of the app: where it is, how the rail shows it, and its code, fetched when it is first opened. */
export interface Route {
	/** Its address without what may follow. */
	to: string;
	/** The pattern it answers to. */
	path: string;
	/** The least role that it is shown to; everybody else is led home. */
	role: Role;
	/** Its place in the rail, at the foot where `isLast`; a screen that is one of another's tabs has none. `label` is the key of its short name in `app`. */
	rail?: {
		icon: ComponentType;
		label: `nav.${'home' | 'models' | 'chat' | 'grading' | 'subtitles' | 'convert' | 'finetune' | 'admin' | 'settings'}`;
		isLast?: boolean;
	};
	/** The place that it shares with others; its name, a key in `app`, where it is one of that place's tabs; and what stands beside that. */
	tab?: { place: Place; label?: TabLabel; beside?: ComponentType };
	/** The screen: itself once its code is there, until then one that suspends. */
	component: () => ComponentType;
	/** Fetches the screen's code before it is shown; safe to repeat. */
	fetchCode: () => Promise<unknown>;
}

type TabLabel =
	| `tabs.${'here' | 'find' | 'downloads'}`
	| `tabs.${'text' | 'files' | 'records' | 'compare'}`
	| `tabs.${'runs' | 'datasets' | 'adapters'}`
	| `tabs.${'own' | 'statement'}`
	| `tabs.${'general' | 'backup'}`
	| `tabs.${'people' | 'use' | 'prices' | 'gateway' | 'routes' | 'backends' | 'monitor' | 'log' | 'connections' | 'audit'}`;

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
		role: 'viewer',
		rail: { icon: HomeIcon, label: 'nav.home' },
		// Where everybody arrives: its code comes with the frame's.
		component: () => HomeScreen,
		fetchCode: async () => {},
	},
	{
		to: '/models',
		path: '/models',
		role: 'viewer',
		rail: { icon: ModelsIcon, label: 'nav.models' },
		tab: { place: 'models', label: 'tabs.here' },
		...checkingScreen(async () => (await import('../features/library/LibraryScreen.tsx')).LibraryScreen),
	},
	{
		to: '/models/find',
		path: '/models/find',
		role: 'admin',
		tab: { place: 'models', label: 'tabs.find' },
		...screen(async () => (await import('../features/market/FindScreen.tsx')).FindScreen),
	},
	{
		to: '/models/downloads',
		path: '/models/downloads',
		role: 'admin',
		tab: { place: 'models', label: 'tabs.downloads', beside: DownloadsRunning },
		...screen(async () => (await import('../features/market/DownloadsScreen.tsx')).DownloadsScreen),
	},
	{
		to: '/chat',
		path: '/chat/:conversationId?',
		role: 'user',
		rail: { icon: ChatIcon, label: 'nav.chat' },
		...checkingScreen(async () => (await import('../features/chat/ChatScreen.tsx')).ChatScreen),
	},
	{
		to: '/grading',
		path: '/grading/:assignmentId?',
		role: 'user',
		rail: { icon: GradingIcon, label: 'nav.grading' },
		...checkingScreen(async () => (await import('../features/grading/GradingScreen.tsx')).GradingScreen),
	},
	{
		to: '/subtitles',
		path: '/subtitles/:projectId?',
		role: 'user',
		rail: { icon: SubtitlesIcon, label: 'nav.subtitles' },
		...checkingScreen(async () => (await import('../features/subtitles/SubtitlesScreen.tsx')).SubtitlesScreen),
	},
	{
		to: '/subtitles/glossaries',
		path: '/subtitles/glossaries/:glossaryId?',
		role: 'user',
		...checkingScreen(async () => (await import('../features/subtitles/GlossariesScreen.tsx')).GlossariesScreen),
	},
	{
		to: '/convert',
		path: '/convert',
		role: 'user',
		rail: { icon: ConvertIcon, label: 'nav.convert' },
		tab: { place: 'convert', label: 'tabs.text' },
		...checkingScreen(async () => (await import('../features/convert/ConvertScreen.tsx')).ConvertScreen),
	},
	{
		to: '/convert/files',
		path: '/convert/files/:conversionId?',
		role: 'user',
		tab: { place: 'convert', label: 'tabs.files' },
		...checkingScreen(async () => (await import('../features/convert/FilesScreen.tsx')).FilesScreen),
	},
	{
		to: '/convert/records',
		path: '/convert/records',
		role: 'user',
		tab: { place: 'convert', label: 'tabs.records' },
		...checkingScreen(async () => (await import('../features/convert/RecordsScreen.tsx')).RecordsScreen),
	},
	{
		to: '/convert/compare',
		path: '/convert/compare',
		role: 'user',
		tab: { place: 'convert', label: 'tabs.compare' },
		...checkingScreen(async () => (await import('../features/convert/CompareScreen.tsx')).CompareScreen),
	},
	{
		to: '/finetune',
		path: '/finetune/:runId?',
		role: 'user',
		rail: { icon: FinetuneIcon, label: 'nav.finetune' },
		tab: { place: 'finetune', label: 'tabs.runs' },
		...screen(async () => (await import('../features/finetune/RunsScreen.tsx')).RunsScreen),
	},
	{
		to: '/finetune/new',
		path: '/finetune/new',
		role: 'user',
		tab: { place: 'finetune' },
		...checkingScreen(async () => (await import('../features/finetune/NewRunScreen.tsx')).NewRunScreen),
	},
	{
		to: '/finetune/compare',
		path: '/finetune/compare',
		role: 'user',
		tab: { place: 'finetune' },
		...screen(async () => (await import('../features/finetune/CompareScreen.tsx')).CompareScreen),
	},
	{
		to: '/finetune/datasets',
		path: '/finetune/datasets/:datasetId?/:act?',
		role: 'user',
		tab: { place: 'finetune', label: 'tabs.datasets' },
		...checkingScreen(async () => (await import('../features/finetune/DatasetsScreen.tsx')).DatasetsScreen),
	},
	{
		to: '/finetune/adapters',
		path: '/finetune/adapters',
		role: 'user',
		tab: { place: 'finetune', label: 'tabs.adapters' },
		...screen(async () => (await import('../features/finetune/AdaptersScreen.tsx')).AdaptersScreen),
	},
	{
		to: '/account',
		path: '/account',
		role: 'viewer',
		tab: { place: 'account', label: 'tabs.own' },
		...screen(async () => (await import('../features/accounts/AccountScreen.tsx')).AccountScreen),
	},
	{
		to: '/account/statement',
		path: '/account/statement',
		role: 'viewer',
		tab: { place: 'account', label: 'tabs.statement' },
		...screen(async () => (await import('../features/ledger/StatementScreen.tsx')).StatementScreen),
	},
	{
		to: '/deleted',
		path: '/deleted',
		role: 'user',
		...screen(async () => (await import('../features/deleted/DeletedScreen.tsx')).DeletedScreen),
	},
	{
		to: '/admin',
		path: '/admin',
		role: 'admin',
		rail: { icon: AdminIcon, label: 'nav.admin', isLast: true },
		tab: { place: 'admin', label: 'tabs.people' },
		...screen(async () => (await import('./PeoplePage.tsx')).PeoplePage),
	},
	{
		to: '/admin/statement',
		path: '/admin/statement/:accountId',
		role: 'admin',
		tab: { place: 'admin' },
		...screen(async () => (await import('../features/ledger/AccountStatementScreen.tsx')).AccountStatementScreen),
	},
	{
		to: '/admin/use',
		path: '/admin/use',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.use' },
		...screen(async () => (await import('../features/ledger/UseScreen.tsx')).UseScreen),
	},
	{
		to: '/admin/prices',
		path: '/admin/prices',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.prices' },
		...screen(async () => (await import('../features/ledger/PricesScreen.tsx')).PricesScreen),
	},
	{
		to: '/admin/gateway',
		path: '/admin/gateway',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.gateway' },
		...screen(async () => (await import('../features/gateway/GatewayScreen.tsx')).GatewayScreen),
	},
	{
		to: '/admin/routes',
		path: '/admin/routes',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.routes' },
		...checkingScreen(async () => (await import('../features/routes/RoutesScreen.tsx')).RoutesScreen),
	},
	{
		to: '/admin/backends',
		path: '/admin/backends',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.backends' },
		...checkingScreen(async () => (await import('../features/routes/BackendsScreen.tsx')).BackendsScreen),
	},
	{
		to: '/admin/monitor',
		path: '/admin/monitor',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.monitor' },
		...screen(async () => (await import('../features/monitor/MonitorScreen.tsx')).MonitorScreen),
	},
	{
		to: '/admin/log',
		path: '/admin/log',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.log' },
		...checkingScreen(async () => (await import('../features/monitor/LogScreen.tsx')).LogScreen),
	},
	{
		to: '/admin/connections',
		path: '/admin/connections',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.connections' },
		...checkingScreen(async () => (await import('../features/outbound/OutboundScreen.tsx')).OutboundScreen),
	},
	{
		to: '/admin/audit',
		path: '/admin/audit',
		role: 'admin',
		tab: { place: 'admin', label: 'tabs.audit' },
		...screen(async () => (await import('../features/audit/AuditScreen.tsx')).AuditScreen),
	},
	{
		to: '/settings',
		path: '/settings',
		role: 'viewer',
		rail: { icon: SettingsIcon, label: 'nav.settings', isLast: true },
		tab: { place: 'settings', label: 'tabs.general' },
		...checkingScreen(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen),
	},
	{
		to: '/settings/backup',
		path: '/settings/backup',
		role: 'admin',
		tab: { place: 'settings', label: 'tabs.backup' },
		...checkingScreen(async () => (await import('../features/backup/BackupScreen.tsx')).BackupScreen),
	},
	{
		to: '/help',
		path: '/help/:page?/:section?',
		role: 'viewer',
		...screen(async () => (await import('../features/help/HelpScreen.tsx')).HelpScreen),
	},
];

/** Fetches the code of the screen that an address such as `/chat/1` opens. Never rejects: what fails here fails again where it is shown and told. */
export async function fetchScreen(address: string): Promise<void> {
	await routeOf(address)
		?.fetchCode()
		.catch(() => {});
}

/** The screen that an address opens: the one with the longest address that it begins with, whole words. */
export function routeOf(address: string): Route | null {
	return closest(routes, address);
}

/** The tab that an address stands under: its own, or that of the page which it is one of, as a run is one of the runs. */
export function tabOf(address: string): Route | null {
	const place = routeOf(address)?.tab?.place;
	return closest(
		routes.filter(({ tab }) => tab?.label && tab.place === place),
		address,
	);
}

function closest(among: readonly Route[], address: string): Route | null {
	const pathname = (address.split('?')[0] ?? '').replace(/\/+$/, '');
	const found = among.filter(({ to }) => pathname === to.replace(/\/$/, '') || (to !== '/' && pathname.startsWith(`${to}/`)));
	return found.sort((a, b) => b.to.length - a.to.length)[0] ?? null;
}
