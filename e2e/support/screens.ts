import type { Filled } from './fill/Filled.ts';

/** One thing to look at: a screen, or one of its pages. */
export interface Screen {
	/** What it is asked for by, the feature's word first. */
	name: string;
	/** The pattern of its route (src-renderer/app/routes.tsx); null: it is at the door, where nobody is signed in. */
	path: string | null;
	/** Where it is; of a page of something that must be there first, where that is. */
	address: string | ((filled: Filled) => string);
	/** What opens a dialog there, by its English name, beside all that says so itself (`aria-haspopup`). */
	opens?: readonly string[];
}

/** Every screen there is. routes.test.ts holds this list to the routes, so that none is forgotten. */
export const screens: readonly Screen[] = [
	{ name: 'door-setup', path: null, address: '/setup' },
	{ name: 'door-signin', path: null, address: '/' },
	{ name: 'home', path: '/', address: '/' },
	{ name: 'models', path: '/models', address: '/models', opens: ['Add a model…'] },
	{ name: 'models-find', path: '/models/find', address: '/models/find' },
	{ name: 'models-downloads', path: '/models/downloads', address: '/models/downloads' },
	{ name: 'chat', path: '/chat/:conversationId?', address: '/chat', opens: ['Import conversations'] },
	{
		name: 'chat-conversation',
		path: '/chat/:conversationId?',
		address: ({ conversationId }) => `/chat/${conversationId}`,
		opens: ['Settings of this conversation'],
	},
	{ name: 'grading', path: '/grading/:assignmentId?', address: '/grading' },
	{ name: 'grading-new', path: '/grading/:assignmentId?', address: '/grading/new' },
	{
		name: 'grading-desk',
		path: '/grading/:assignmentId?',
		address: ({ assignmentId }) => `/grading/${assignmentId}`,
		opens: ['Export', 'Question and expected answer', 'Keys'],
	},
	...(['agreement', 'class', 'alike'] as const).map((page) => ({
		...{ name: `grading-${page}`, path: '/grading/:assignmentId?' },
		address: ({ assignmentId }: Filled) => `/grading/${assignmentId}?show=${page}`,
	})),
	{ name: 'subtitles', path: '/subtitles/:projectId?', address: '/subtitles' },
	{ name: 'subtitles-new', path: '/subtitles/:projectId?', address: '/subtitles/new' },
	{
		name: 'subtitles-bench',
		path: '/subtitles/:projectId?',
		address: ({ projectId }) => `/subtitles/${projectId}`,
		opens: ['Save…', 'Translate…', 'Settings of the project'],
	},
	{ name: 'subtitles-glossaries', path: '/subtitles/glossaries/:glossaryId?', address: '/subtitles/glossaries', opens: ['New glossary'] },
	{
		name: 'subtitles-glossary',
		path: '/subtitles/glossaries/:glossaryId?',
		address: ({ glossaryId }) => `/subtitles/glossaries/${glossaryId}`,
	},
	{ name: 'convert', path: '/convert', address: '/convert' },
	{ name: 'convert-files', path: '/convert/files/:conversionId?', address: '/convert/files' },
	{ name: 'convert-files-new', path: '/convert/files/:conversionId?', address: '/convert/files/new' },
	{ name: 'convert-batch', path: '/convert/files/:conversionId?', address: ({ conversionId }) => `/convert/files/${conversionId}` },
	{ name: 'convert-records', path: '/convert/records', address: '/convert/records', opens: ['From a schema…'] },
	{ name: 'convert-compare', path: '/convert/compare', address: '/convert/compare' },
	{ name: 'finetune', path: '/finetune/:runId?', address: '/finetune' },
	{ name: 'finetune-run', path: '/finetune/:runId?', address: ({ runId }) => `/finetune/${runId}` },
	{ name: 'finetune-new', path: '/finetune/new', address: '/finetune/new' },
	{ name: 'finetune-compare', path: '/finetune/compare', address: ({ runId, otherRunId }) => `/finetune/compare?runs=${runId},${otherRunId}` },
	{ name: 'finetune-datasets', path: '/finetune/datasets/:datasetId?/:act?', address: '/finetune/datasets' },
	{ name: 'finetune-datasets-new', path: '/finetune/datasets/:datasetId?/:act?', address: '/finetune/datasets/new' },
	{ name: 'finetune-dataset', path: '/finetune/datasets/:datasetId?/:act?', address: ({ datasetId }) => `/finetune/datasets/${datasetId}`, opens: ['Rename'] },
	{ name: 'finetune-adapters', path: '/finetune/adapters', address: '/finetune/adapters', opens: ['Import…'] },
	{ name: 'account', path: '/account', address: '/account', opens: ['Change the password', 'Make a key', 'Delete my account'] },
	{ name: 'account-statement', path: '/account/statement', address: '/account/statement' },
	{ name: 'deleted', path: '/deleted', address: '/deleted', opens: ['Delete all for good…'] },
	{ name: 'admin', path: '/admin', address: '/admin', opens: ['Add a person'] },
	{ name: 'admin-statement', path: '/admin/statement/:accountId', address: ({ accountId }) => `/admin/statement/${accountId}` },
	{ name: 'admin-use', path: '/admin/use', address: '/admin/use' },
	{ name: 'admin-prices', path: '/admin/prices', address: '/admin/prices' },
	{ name: 'admin-gateway', path: '/admin/gateway', address: '/admin/gateway' },
	{ name: 'admin-routes', path: '/admin/routes', address: '/admin/routes', opens: ['Add route'] },
	{ name: 'admin-backends', path: '/admin/backends', address: '/admin/backends', opens: ['Add backend'] },
	{ name: 'admin-monitor', path: '/admin/monitor', address: '/admin/monitor' },
	{ name: 'admin-log', path: '/admin/log', address: '/admin/log' },
	{ name: 'admin-connections', path: '/admin/connections', address: '/admin/connections' },
	{ name: 'admin-audit', path: '/admin/audit', address: '/admin/audit' },
	{ name: 'settings', path: '/settings', address: '/settings' },
	{ name: 'settings-backup', path: '/settings/backup', address: '/settings/backup' },
	{ name: 'help', path: '/help/:page?/:section?', address: '/help' },
];

/** Where a screen is in an app that is filled, or with null in an empty one; null where that has no such page. */
export function addressOf({ address }: Screen, filled: Filled | null): string | null {
	if (typeof address === 'string') return address;
	return filled && address(filled);
}
