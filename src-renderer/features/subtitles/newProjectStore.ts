import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import type { FailureRecord } from '#contract/errors.ts';
import { subtitleLimits } from '#contract/subtitleLimits.ts';
import { type StyleSheet, type SubtitlePreview, type SubtitleProject, styleSheet } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { likelySource } from './languages.ts';
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
	/** As it was found, until the reader chooses; null where files are in several: each keeps what it was found in. */
	sourceLanguage: string | null;
	isSourceChosen: boolean;
	/** Null: that of the reader. */
	targetLanguage: string | null;
	style: StyleSheet;
	rulesId: string;
	/** A new one for all of them, none, or the id of one that is there. */
	glossary: 'new' | 'none' | (string & {});
	/** What the new one is called; null: as is proposed. */
	glossaryName: string | null;
	isBusy: boolean;
	error: unknown;
}

const empty: NewProjectState = {
	...{ files: [], shownId: null, title: '', season: '', sourceLanguage: null, isSourceChosen: false, targetLanguage: null },
	...{ style: styleSheet.parse({}), rulesId: '', glossary: 'new', glossaryName: null, isBusy: false, error: null },
};

/** The form that makes projects of files; it is kept while other screens are looked at. */
export const useNewProject = create<NewProjectState>(() => empty);

/** Takes files in beside those that are there, in the order of their names, and reads each. */
export function addFiles(files: readonly File[]): void {
	const added = files.map((file): NewFile => ({ id: crypto.randomUUID(), file, encoding: null, preview: null, error: null })).sort(byName);
	useNewProject.setState((state) => {
		const all = [...state.files, ...added].sort(byName);
		const first = all[0]?.file.name ?? '';
		return {
			files: all,
			// What was just added is what one wants to see.
			shownId: added[0]?.id ?? state.shownId,
			title: state.title || titleOf(first),
			season: state.season || seasonOf(all.map(({ file }) => titleOf(file.name))),
		};
	});
	proposeSource();
	for (const { id } of added) void readPreview(id);
}

function byName(a: NewFile, b: NewFile): number {
	return a.file.name.localeCompare(b.file.name, undefined, { numeric: true });
}

export function removeFile(id: string): void {
	useNewProject.setState(({ files }) => {
		const left = files.filter((file) => file.id !== id);
		return left.length === 0 ? empty : { files: left };
	});
	proposeSource();
}

/** Empties the form. What is returned puts everything back as it was. */
export function clearForm(): () => void {
	const before = useNewProject.getState();
	useNewProject.setState(empty);
	return () => useNewProject.setState(before);
}

/** Reads a file again, in this encoding. */
export function setEncoding(id: string, encoding: string): void {
	changeFile(id, { encoding });
	void readPreview(id);
}

export function showFile(id: string): void {
	useNewProject.setState({ shownId: id });
}

export function setFields(fields: Partial<Omit<NewProjectState, 'files' | 'isSourceChosen' | 'isBusy' | 'error'>>): void {
	useNewProject.setState({ ...fields, ...('sourceLanguage' in fields && { isSourceChosen: true }) });
}

/**
 * Makes a project of each file that could be read; `proposedName` is what their new glossary is called where nobody called it otherwise. Those that
 * are made leave the form, so that after a failure the others can be tried again. The projects that were made.
 */
export async function createProjects(targetLanguage: string, proposedName: string): Promise<SubtitleProject[]> {
	const made: SubtitleProject[] = [];
	useNewProject.setState({ isBusy: true, error: null });
	const isSeason = useNewProject.getState().files.length > 1;
	try {
		for (const file of useNewProject.getState().files.filter(({ preview }) => preview !== null)) {
			const project = await client.subtitles.create(orderOf(file, isSeason, targetLanguage, proposedName));
			made.push(project);
			// The glossary that the first one got is that of all.
			useNewProject.setState(({ files }) => ({ files: files.filter(({ id }) => id !== file.id), glossary: project.glossaryId ?? 'none' }));
		}
		useNewProject.setState(empty);
	} catch (error) {
		useNewProject.setState({ isBusy: false, error });
	}
	return made;
}

function orderOf(file: NewFile, isSeason: boolean, targetLanguage: string, proposedName: string): Inputs['subtitles']['create'] {
	const { title, season, style, rulesId, glossary, glossaryName } = useNewProject.getState();
	const sourceLanguage = sourceLanguageOf(file);
	const own = titleOf(file.file.name);
	const isThere = glossary !== 'new' && glossary !== 'none';
	return {
		fields: {
			...{ title: isSeason ? own : title.trim() || own, season: season.trim(), sourceLanguage, targetLanguage, style, rulesId },
			glossaryId: isThere ? glossary : null,
		},
		source: sourceOf(file),
		newGlossary: glossary === 'none' ? null : (glossaryName?.trim() || proposedName).slice(0, 200),
	};
}

/** What a project is called by its file: its name without the ending. */
export function titleOf(fileName: string): string {
	return fileName.replace(/\.[^.]{1,10}$/, '').slice(0, 200) || fileName;
}

function sourceOf({ file, encoding }: NewFile): Inputs['subtitles']['preview'] {
	return { file, fileName: file.name.slice(-255), ...(encoding !== null && { encoding }) };
}

/** As the app says it of what it is sent; this file is not. */
const tooLarge = { code: 'TOO_LARGE', message: '', data: { limitBytes: subtitleLimits.fileBytes } } satisfies FailureRecord;

async function readPreview(id: string): Promise<void> {
	const wanted = useNewProject.getState().files.find((file) => file.id === id);
	if (!wanted) return;
	const isCurrent = () => useNewProject.getState().files.find((file) => file.id === id)?.encoding === wanted.encoding;
	try {
		if (wanted.file.size > subtitleLimits.fileBytes) throw tooLarge;
		const preview = await client.subtitles.preview(sourceOf(wanted));
		if (isCurrent()) changeFile(id, { preview, error: null });
		proposeSource();
	} catch (error) {
		if (isCurrent()) changeFile(id, { preview: null, error });
	}
}

/** The language that a file is translated from: as the reader chose, else as it was found. */
export function sourceLanguageOf({ file, preview }: NewFile): string | null {
	const { isSourceChosen, sourceLanguage } = useNewProject.getState();
	return isSourceChosen ? sourceLanguage : likelySource(file.name, preview?.language ?? null);
}

/** The one language of all files, unless the reader has chosen another; null where they are in several. */
function proposeSource(): void {
	const { files, isSourceChosen } = useNewProject.getState();
	if (isSourceChosen || files.length === 0) return;
	const found = new Set(files.map(sourceLanguageOf).filter((language) => language !== null));
	useNewProject.setState({ sourceLanguage: found.size === 1 ? ([...found][0] ?? null) : null });
}

function changeFile(id: string, changes: Partial<NewFile>): void {
	useNewProject.setState(({ files }) => ({ files: files.map((file) => (file.id === id ? { ...file, ...changes } : file)) }));
}
