import { matchPath } from 'react-router';
import type { HandbookPageId } from './handbookPages.ts';

/** Where the handbook speaks of a screen, and the line that says what the screen is for: `lines.LINE` of the texts `help`. */
export interface HelpPlace {
	page: HandbookPageId;
	/** Of the page; empty: its beginning. */
	section: string;
	line: (typeof places)[number][2];
}

/** By address, the particular before the general. */
const places = [
	['/', 'first-start#home', 'home'],
	['/models', 'models', 'models'],
	['/models/find', 'models#find', 'find'],
	['/models/downloads', 'models#downloads', 'downloads'],
	['/chat/:id?', 'chat', 'chat'],
	['/grading/new', 'grading#new', 'newClass'],
	['/grading/:id', 'grading#desk', 'desk'],
	['/grading', 'grading', 'grading'],
	['/subtitles/new', 'subtitles#new', 'newFilm'],
	['/subtitles/glossaries/:id?', 'subtitles#glossary', 'glossaries'],
	['/subtitles/:id', 'subtitles#bench', 'bench'],
	['/subtitles', 'subtitles', 'subtitles'],
	['/convert', 'converting#text', 'convert'],
	['/convert/files/:id?', 'converting#files', 'files'],
	['/convert/records', 'converting#records', 'records'],
	['/convert/compare', 'converting#compare', 'compare'],
	['/finetune/new', 'fine-tuning#run', 'newRun'],
	['/finetune/compare', 'fine-tuning#result', 'compareRuns'],
	['/finetune/datasets/:id?/:act?', 'fine-tuning#dataset', 'datasets'],
	['/finetune/adapters', 'fine-tuning#adapters', 'adapters'],
	['/finetune/:id', 'fine-tuning#watch', 'run'],
	['/finetune', 'fine-tuning', 'runs'],
	['/account', 'accounts#own', 'account'],
	['/account/statement', 'tokens#balance', 'statement'],
	['/deleted', 'backup#undo', 'deleted'],
	['/admin', 'accounts#add', 'people'],
	['/admin/statement/:id', 'tokens#balance', 'statement'],
	['/admin/use', 'tokens#use', 'use'],
	['/admin/prices', 'tokens#prices', 'prices'],
	['/admin/gateway', 'gateway', 'gateway'],
	['/admin/routes', 'routes#routes', 'routes'],
	['/admin/backends', 'routes#backends', 'backends'],
	['/admin/monitor', 'monitoring#monitor', 'monitor'],
	['/admin/log', 'monitoring#log', 'log'],
	['/admin/connections', 'monitoring#connections', 'connections'],
	['/admin/audit', 'monitoring#audit', 'audit'],
	['/settings/backup', 'backup', 'backup'],
	['/settings/*', 'settings', 'settings'],
] as const satisfies readonly (readonly [path: string, place: HandbookPageId | `${HandbookPageId}#${string}`, line: string])[];

/** The place in the handbook for the screen at an address; null: for this one there is none. */
export function helpPlace(pathname: string): HelpPlace | null {
	const found = places.find(([path]) => matchPath(path, pathname) !== null);
	if (!found) return null;
	const [, place, line] = found;
	const [page = '', section = ''] = place.split('#');
	// Every place begins with a page: the table says so to the compiler.
	return { page: page as HandbookPageId, section, line };
}
