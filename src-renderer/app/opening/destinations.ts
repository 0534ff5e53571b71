import type { Role } from '#contract/accounts.ts';
import { includesRole } from '../../rpc/useMe.ts';
import { isSubtitleName } from '../../ui/subtitleEndings.ts';

/** Goes to an address of the page. */
type GoTo = (address: string) => void;

/** A screen that takes files. Its code is fetched when it is given some. */
export interface Destination {
	name: 'models' | 'subtitles' | 'grading' | 'convert';
	/** The least role that may. */
	role: Role;
	/** Whether a file is called as those are that it takes. */
	takes: (fileName: string) => boolean;
	/** Shows the screen with the files. Rejects with the failure. */
	open: (files: readonly File[], goTo: GoTo, role: Role) => Promise<void>;
}

const films = /\.(mkv|mka|webm|mp4|m4v|m4a|mov|wav)$/i;
const tables = /\.(csv|tsv|tab|xlsx?|xlsm|ods)$/i;
const documents = /\.(pdf|docx|odt|rtf|txt|md)$/i;
const data = /\.(json|jsonl|ndjson|ya?ml|xml|csv|tsv|toml|xlsx)$/i;

/** The one place that knows which screen takes which files, wherever they come from. */
export const destinations: readonly Destination[] = [
	{
		name: 'models',
		role: 'admin',
		takes: (name) => /\.gguf$/i.test(name),
		async open(files, goTo) {
			const { useLibrary } = await import('../../features/library/libraryStore.ts');
			goTo('/models');
			useLibrary.getState().addFiles(files);
		},
	},
	{
		name: 'subtitles',
		role: 'user',
		takes: (name) => isSubtitleName(name) || films.test(name),
		async open(files, goTo, role) {
			await import('../configureZod.ts');
			const { takeFiles } = await import('../../features/subtitles/takeFiles.ts');
			goTo('/subtitles/new');
			takeFiles(files, includesRole(role, 'admin'));
		},
	},
	{
		name: 'grading',
		role: 'user',
		takes: (name) => tables.test(name) || documents.test(name),
		async open(files, goTo) {
			await import('../configureZod.ts');
			const { newAnswers } = await import('../../features/grading/newAssignmentStore.ts');
			const { sourceOfFiles } = await import('../../features/grading/sourceOfFiles.ts');
			goTo('/grading/new');
			await newAnswers.setSource(sourceOfFiles(files));
		},
	},
	{
		name: 'convert',
		role: 'user',
		takes: (name) => data.test(name),
		async open(files, goTo) {
			await import('../configureZod.ts');
			const { takeSources } = await import('../../features/convert/takeSources.ts');
			await takeSources(files, goTo);
		},
	},
];

/** The screens that take all of these files and that a reader of this role may use; none: they are not taken, or not together. */
export function destinationsFor(fileNames: readonly string[], role: Role): Destination[] {
	return destinations.filter((one) => includesRole(role, one.role) && fileNames.length > 0 && fileNames.every((name) => one.takes(name)));
}
