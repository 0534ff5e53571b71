import { answerFileLimits } from '#contract/answerFileLimits.ts';
import type { FileProblem } from '#contract/answerMapping.ts';
import { isFailure } from '#contract/errors.ts';
import type { DocumentReader } from '../../../platform/documents/DocumentReader.ts';
import { htmlToText } from '../../../platform/text/htmlToText.ts';
import type { PiledFile } from './AnswerPiles.ts';
import type { MappedQuestion, MappedStudent } from './mapAnswers.ts';
import { type FileOwner, isClutter, studentsOfFiles } from './studentsOfFiles.ts';

/** The columns of the table that a folder of files makes. */
export const answerFileColumns = ['File', 'Student number', 'Name'];

/** The answers of a folder, in the form of a table with one question and the columns of `answerFileColumns`. */
export interface FileAnswers {
	students: MappedStudent[];
	questions: MappedQuestion[];
	problems: FileProblem[];
}

/**
 * Reads a folder in which each student has a file, or several, which are put together in the order of their names.
 *
 * Whose a file is goes by its name (studentsOfFiles.ts). A student whose file cannot be read, or is a picture, is there without an answer,
 * and the file is told; a file that nobody handed in, and one whose name tells nobody, is told too. `onRead` hears how many of the files
 * are read. No more than one of them is in memory at a time.
 */
export async function readAnswerFiles(
	files: readonly PiledFile[],
	documents: Pick<DocumentReader, 'read'>,
	options: { onRead?: (files: number) => void; signal?: AbortSignal } = {},
): Promise<FileAnswers> {
	const problems: FileProblem[] = [];
	const handedIn = files.filter(({ fileName }) => {
		if (isClutter(fileName)) problems.push({ fileName, code: 'notAnAnswer', detail: '' });
		return !isClutter(fileName);
	});
	const sorted = handedIn.toSorted((a, b) => collator.compare(stemOf(a.fileName), stemOf(b.fileName)) || collator.compare(a.fileName, b.fileName));
	const owners = studentsOfFiles(sorted.map(({ fileName }) => fileName));
	const groups = new Map<string, FileGroup>();
	for (const [index, file] of sorted.entries()) {
		options.signal?.throwIfAborted();
		const owner = owners[index] ?? null;
		if (owner === null) problems.push({ fileName: file.fileName, code: 'noStudent', detail: '' });
		else {
			const read = await readAnswer(file, documents);
			problems.push(...read.problems);
			groupOf(groups, owner).files.push({ fileName: file.fileName, text: read.text });
		}
		options.onRead?.(index + 1);
	}
	for (const { files: own } of groups.values()) {
		const [first, ...more] = own;
		if (first && more.length > 0) problems.push({ fileName: first.fileName, code: 'severalFiles', detail: more.map(({ fileName }) => fileName).join(', ') });
	}
	return { students: [...groups.values()].map(studentOf), questions: [{ heading: '', name: '1', text: '', key: '', points: null }], problems };
}

/** Sorts `essay 2` before `essay 10`, alike on every machine. */
/** Without its ending, so that `Anna.docx` comes before `Anna (2).docx`. */
function stemOf(fileName: string): string {
	return fileName.replace(/\.\w{1,8}$/, '');
}

const collator = new Intl.Collator('en', { numeric: true });

interface FileGroup extends FileOwner {
	files: { fileName: string; text: string }[];
}

/** Two files are of one student if the number is the same, or, where neither has one, the name. */
function groupOf(groups: Map<string, FileGroup>, owner: FileOwner): FileGroup {
	const key = owner.number !== '' ? `number ${owner.number}` : `name ${owner.name.toLowerCase()}`;
	const group = groups.get(key) ?? { ...owner, files: [] };
	groups.set(key, group);
	return group;
}

function studentOf({ number, name, files }: FileGroup, index: number): MappedStudent {
	const row = index + 2;
	const texts = files.map(({ text }) => text).filter((text) => text !== '');
	const hasAnswer = texts.length > 0;
	return {
		row,
		number,
		name,
		cells: [files.map(({ fileName }) => fileName).join(', '), number, name],
		moreRows: [],
		answers: new Map(hasAnswer ? [[0, texts.join('\n\n')]] : []),
		rows: new Map(hasAnswer ? [[0, row]] : []),
	};
}

async function readAnswer({ fileName, read }: PiledFile, documents: Pick<DocumentReader, 'read'>): Promise<{ text: string; problems: FileProblem[] }> {
	const told = (code: FileProblem['code'], detail = ''): { text: string; problems: FileProblem[] } => ({ text: '', problems: [{ fileName, code, detail }] });
	// Of an archive not the size is wrong, as what a platform gives out is one.
	if (read === null) return /\.(zip|7z|rar|tar|t?gz)$/i.test(fileName) ? told('unreadable', 'archive') : told('tooLarge', String(answerFileLimits.fileBytes));
	// Several tables that were chosen at once are read as text, but each is a class and no student's.
	if (/\.(csv|tsv|tab)$/i.test(fileName)) return told('unreadable', 'workbook');
	try {
		const document = await documents.read({ fileName, bytes: await read() });
		if (document.kind === 'picture') return told('picture');
		if (document.kind === 'sheets') return told('unreadable', 'workbook');
		// What was typed into Moodle or Canvas itself is given out as a page.
		const text = (/\.html?$/i.test(fileName) ? htmlToText(document.text) : document.text).trim();
		if (text === '') return told('empty');
		return { text, problems: document.notes.map(({ code, count }) => ({ fileName, code, detail: String(count) })) };
	} catch (error) {
		if (isFailure(error, 'DOCUMENT_INVALID')) return error.data.reason === 'empty' ? told('empty') : told('unreadable', error.data.reason);
		throw error;
	}
}
