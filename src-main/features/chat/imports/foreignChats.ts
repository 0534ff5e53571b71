import { basename, posix } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { ImportProblem } from '#contract/chatImport.ts';
import { FormatError } from '../../../platform/formats/FormatError.ts';
import { NoteBook } from '../../../platform/formats/NoteBook.ts';
import { decodeChunks } from '../../../platform/formats/records/decodeChunks.ts';
import type { ForeignChat } from './ForeignChat.ts';
import { jsonItems } from './jsonItems.ts';
import { isChatGpt, readChatGpt } from './readChatGpt.ts';
import { isJan, readJan } from './readJan.ts';
import { isLmStudio, readLmStudio } from './readLmStudio.ts';
import { isOpenWebUi, readOpenWebUi } from './readOpenWebUi.ts';

const mostLines = 200_000;
const longestLine = 4_000_000;
const longestLines = 2 ** 26;

/** A file to look for conversations in, by its path in a folder or an archive. */
export interface ImportFile {
	path: string;
	sizeBytes: number;
	open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

export type Found = { kind: 'chat'; chat: ForeignChat } | { kind: 'problem'; problem: ImportProblem } | { kind: 'read'; bytes: number };

const record = z.record(z.string(), z.unknown());

/**
 * Finds the conversations of other programs in files, one after another: whose they are is told by what is in them. What cannot be read is a problem
 * of its file and ends nothing else. It tells how many bytes were read, and lets the app do other work in between.
 */
export async function* foreignChats(files: readonly ImportFile[]): AsyncGenerator<Found> {
	const lines = new Map(files.filter(({ path }) => posix.basename(path) === 'messages.jsonl').map((file) => [posix.dirname(file.path), file]));
	for (const file of files) {
		if (!/\.json$/i.test(file.path) || isBeside(file.path)) continue;
		try {
			yield* chatsOf(file, lines);
		} catch (error) {
			if (!(error instanceof FormatError || error instanceof SyntaxError)) throw error;
			yield problem(file.path, 'damaged');
		}
	}
}

/** What ChatGPT's export and others put beside their conversations. */
function isBeside(path: string): boolean {
	return /^(user|user_settings|message_feedback|model_comparisons|shared_conversations|export_manifest|group_chats|sora|shopping|package|assistant)\.json$/i.test(
		posix.basename(path),
	);
}

async function* chatsOf(file: ImportFile, lines: ReadonlyMap<string, ImportFile>): AsyncGenerator<Found> {
	const read = { bytes: 0 };
	let told = 0;
	let unknown = 0;
	for await (const item of jsonItems(piecesOf(file, read))) {
		if (item.kind === 'tooLarge') {
			yield problem(file.path, 'tooLarge');
			break;
		}
		const chat = await chatOf(item.value, file, lines);
		if (chat) yield { kind: 'chat', chat };
		else unknown += 1;
		yield { kind: 'read', bytes: read.bytes - told };
		told = read.bytes;
	}
	yield { kind: 'read', bytes: Math.max(0, file.sizeBytes - told) };
	if (unknown > 0) yield problem(file.path, 'unknownForm', unknown);
}

async function chatOf(value: unknown, file: ImportFile, lines: ReadonlyMap<string, ImportFile>): Promise<ForeignChat | null> {
	if (typeof value !== 'object' || value === null) return null;
	if (isChatGpt(value)) return readChatGpt(value);
	if (isLmStudio(value)) return readLmStudio(value, posix.basename(file.path));
	if (isOpenWebUi(value)) return readOpenWebUi(value);
	if (!isJan(value)) return null;
	const beside = lines.get(posix.dirname(file.path));
	return readJan(value, beside ? await linesOf(beside) : []);
}

/** The lines of a thread; one that is no JSON is a line that says nothing. */
async function linesOf(file: ImportFile): Promise<unknown[]> {
	if (file.sizeBytes > longestLines) throw new FormatError('tooLarge', 'A thread is longer than can be taken in.', { offset: 0 });
	let text = '';
	for await (const piece of piecesOf(file, { bytes: 0 })) text += piece;
	return text
		.split('\n', mostLines)
		.filter((line) => line.trim() !== '')
		.map((line) => {
			try {
				return line.length > longestLine ? null : record.parse(JSON.parse(line));
			} catch {
				return null;
			}
		});
}

async function* piecesOf(file: ImportFile, read: { bytes: number }): AsyncGenerator<string> {
	for await (const { text, readBytes } of decodeChunks(await file.open(), undefined, new NoteBook())) {
		read.bytes = readBytes;
		yield text.startsWith('\uFEFF') ? text.slice(1) : text;
		await setImmediate();
	}
}

function problem(path: string, code: ImportProblem['code'], count = 1): Found {
	return { kind: 'problem', problem: { where: basename(path).slice(0, 200), code, count } };
}
