import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import { type StyleSheet, type SubtitlePreview, type SubtitleProject, styleSheet } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { languageOfFileName } from './languages.ts';
import { seasonOf } from './seasonOf.ts';

/** A file that was dropped or chosen, and what it was read as. */
export interface NewFile {
	id: string;
	file: File;
	/** Chosen by the reader; null: as it was found out. */
	encoding: string | null;
	/** Null while it is read, or where it could not be. */
	preview: SubtitlePreview | null;
	error: unknown;
}

interface NewProjectState {
	files: NewFile[];
	/** The file whose preview is shown; null: the first. */
	shownId: string | null;
	title: string;
	season: string;
	sourceLanguage: string | null;
	/** Null: that of the reader. */
	targetLanguage: string | null;
	style: StyleSheet;
	rulesId: string;
	glossaryId: string | null;
	isBusy: boolean;
	error: unknown;
}

const empty: NewProjectState = {
	...{ files: [], shownId: null, title: '', season: '', sourceLanguage: null, targetLanguage: null },
	...{ style: styleSheet.parse({}), rulesId: '', glossaryId: null, isBusy: false, error: null },
};

/** The form that makes projects of files; it is kept while other screens are looked at. */
export const useNewProject = create<NewProjectState>(() => empty);

/** Takes files in beside those that are there, in the order of their names, and reads each. */
export function addFiles(files: readonly File[]): void {
	const added = files.map((file): NewFile => ({ id: crypto.randomUUID(), file, encoding: null, preview: null, error: null }));
	useNewProject.setState((state) => {
		const all = [...state.files, ...added].sort((a, b) => a.file.name.localeCompare(b.file.name, undefined, { numeric: true }));
		const first = all[0]?.file.name ?? '';
		return {
			files: all,
			title: state.title || titleOf(first),
			season: state.season || seasonOf(all.map(({ file }) => titleOf(file.name))),
			sourceLanguage: state.sourceLanguage ?? languageOfFileName(first),
		};
	});
	for (const { id } of added) void readPreview(id);
}

export function removeFile(id: string): void {
	useNewProject.setState(({ files }) => {
		const left = files.filter((file) => file.id !== id);
		return left.length === 0 ? empty : { files: left };
	});
}

/** Reads a file again, in this encoding. */
export function setEncoding(id: string, encoding: string): void {
	changeFile(id, { encoding });
	void readPreview(id);
}

export function showFile(id: string): void {
	useNewProject.setState({ shownId: id });
}

export function setFields(fields: Partial<Omit<NewProjectState, 'files' | 'isBusy' | 'error'>>): void {
	useNewProject.setState(fields);
}

/**
 * Makes a project of each file that could be read; the first one's glossary is that of all. Those that are made leave the form, so that after a
 * failure the others can be tried again. The projects that were made.
 */
export async function createProjects(targetLanguage: string): Promise<SubtitleProject[]> {
	const made: SubtitleProject[] = [];
	useNewProject.setState({ isBusy: true, error: null });
	const isSeason = useNewProject.getState().files.length > 1;
	try {
		for (const file of useNewProject.getState().files.filter(({ preview }) => preview !== null)) {
			const project = await client.subtitles.create(orderOf(file, isSeason, targetLanguage));
			made.push(project);
			useNewProject.setState(({ files }) => ({ files: files.filter(({ id }) => id !== file.id), glossaryId: project.glossaryId }));
		}
		useNewProject.setState(empty);
	} catch (error) {
		useNewProject.setState({ isBusy: false, error });
	}
	return made;
}

function orderOf(file: NewFile, isSeason: boolean, targetLanguage: string): Inputs['subtitles']['create'] {
	const { title, season, sourceLanguage, style, rulesId, glossaryId } = useNewProject.getState();
	const own = titleOf(file.file.name);
	return {
		fields: { title: isSeason ? own : title.trim() || own, season: season.trim(), sourceLanguage, targetLanguage, style, rulesId, glossaryId },
		source: sourceOf(file),
	};
}

/** What a project is called by its file: its name without the ending. */
function titleOf(fileName: string): string {
	return fileName.replace(/\.[^.]{1,10}$/, '').slice(0, 200) || fileName;
}

function sourceOf({ file, encoding }: NewFile): Inputs['subtitles']['preview'] {
	return { file, fileName: file.name.slice(-255), ...(encoding !== null && { encoding }) };
}

async function readPreview(id: string): Promise<void> {
	const wanted = useNewProject.getState().files.find((file) => file.id === id);
	if (!wanted) return;
	const isCurrent = () => useNewProject.getState().files.find((file) => file.id === id)?.encoding === wanted.encoding;
	try {
		const preview = await client.subtitles.preview(sourceOf(wanted));
		if (isCurrent()) changeFile(id, { preview, error: null });
	} catch (error) {
		if (isCurrent()) changeFile(id, { preview: null, error });
	}
}

function changeFile(id: string, changes: Partial<NewFile>): void {
	useNewProject.setState(({ files }) => ({ files: files.map((file) => (file.id === id ? { ...file, ...changes } : file)) }));
}
