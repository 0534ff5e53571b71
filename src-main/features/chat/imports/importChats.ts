import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { ForeignProgram, ImportProblem, ImportStep } from '#contract/chatImport.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { type Db, immediate } from '../../../platform/database/openDatabase.ts';
import { owned } from '../../../platform/database/owned.ts';
import { conversation, message } from '../schema.ts';
import { titleFrom } from '../titleFrom.ts';
import type { ForeignChat } from './ForeignChat.ts';
import { foreignChats } from './foreignChats.ts';
import { type ImportSource, openSource } from './importFiles.ts';
import { type ChatTree, treeOf } from './treeOf.ts';

const longestTitle = 200;
const longestPrompt = 100_000;
const mostShown = 100;
const mostProblems = 500;

interface ImportOptions {
	db: Db;
	ownerId: string;
	source: ImportSource;
	uploadsFolder: string;
	/** False only looks. */
	writes: boolean;
	now: number;
}

/**
 * Takes in the conversations of other programs, or only tells what there is, one at a time: each is there whole or not at all, and an import that is cut
 * short can be made again.
 *
 * A conversation is known again by its owner, program and id there, whose digest is its id here: what was taken in before, hidden or not, stays as it is.
 *
 * @throws FILE_NOT_FOUND, DOCUMENT_INVALID, what the disk says.
 */
export async function* importChats({ db, ownerId, source, uploadsFolder, writes, now }: ImportOptions): AsyncGenerator<ImportStep> {
	const opened = await openSource(source, uploadsFolder);
	const total = Math.max(
		1,
		opened.files.reduce((bytes, { path, sizeBytes }) => bytes + (/\.json$/i.test(path) ? sizeBytes : 0), 0),
	);
	const report = { fresh: 0, known: 0, messages: 0, shown: [] as { title: string; createdAt: number; messages: number }[] };
	const programs = new Map<ForeignProgram, number>();
	const problems: ImportProblem[] = [];
	const seen = new Set<string>();
	let [problemCount, readBytes] = [0, 0];
	const tell = (problem: ImportProblem) => {
		problemCount += 1;
		if (problems.length < mostProblems) problems.push(problem);
	};
	for (const problem of opened.problems) tell(problem);
	try {
		for await (const found of foreignChats(opened.files)) {
			if (found.kind === 'read') {
				readBytes += found.bytes;
				yield { type: 'progress', fraction: Math.min(1, readBytes / total) };
				continue;
			}
			if (found.kind === 'problem') {
				tell(found.problem);
				continue;
			}
			const { chat } = found;
			const count = () => programs.set(chat.program, (programs.get(chat.program) ?? 0) + 1);
			const id = idOf(ownerId, chat.program, chat.id);
			if (seen.has(id) || isKnown(db, ownerId, id)) {
				report.known += 1;
				count();
				continue;
			}
			seen.add(id);
			const tree = treeOf(chat);
			const title = titleOf(chat, tree);
			for (const problem of tree.problems) tell({ where: title, ...problem });
			if (tree.messages.length === 0) continue;
			if (writes) write(db, ownerId, id, { chat, tree, title, now });
			report.fresh += 1;
			count();
			report.messages += tree.messages.length;
			if (report.shown.length < mostShown) report.shown.push({ title, createdAt: createdAtOf(chat, tree, now), messages: tree.messages.length });
		}
		if (writes) await opened.drop();
	} finally {
		opened.close();
	}
	const counted = [...programs].map(([program, count]) => ({ program, count }));
	yield { type: 'end', report: { programs: counted, ...report, problems, problemCount } };
}

function isKnown(db: Db, ownerId: string, id: string): boolean {
	return (
		db
			.select({ id: conversation.id })
			.from(conversation)
			.where(owned(conversation, ownerId, eq(conversation.id, id)))
			.get() !== undefined
	);
}

function write(db: Db, ownerId: string, id: string, { chat, tree, title, now }: { chat: ForeignChat; tree: ChatTree; title: string; now: number }): void {
	const createdAt = createdAtOf(chat, tree, now);
	const newest = tree.messages.reduce((latest, each) => Math.max(latest, each.createdAt), createdAt);
	const settings = { ...startingSettings(null), systemPrompt: chat.systemPrompt.slice(0, longestPrompt).toWellFormed() };
	const of = (messageId: string) => idOf(id, messageId);
	immediate(db, (tx) => {
		tx.insert(conversation)
			.values({
				id,
				ownerId,
				title,
				settings,
				leafId: tree.leafId === null ? null : of(tree.leafId),
				createdAt,
				updatedAt: Math.max(chat.updatedAt ?? 0, newest),
			})
			.run();
		for (const { id: theirs, parentId, role, content, modelName, createdAt: at } of tree.messages) {
			tx.insert(message)
				.values({
					id: of(theirs),
					conversationId: id,
					parentId: parentId === null ? null : of(parentId),
					role,
					content,
					modelName,
					status: 'complete',
					createdAt: at || createdAt,
				})
				.run();
		}
	});
}

function createdAtOf(chat: ForeignChat, { messages }: ChatTree, now: number): number {
	return chat.createdAt ?? (messages[0]?.createdAt || now);
}

function titleOf(chat: ForeignChat, { messages }: ChatTree): string {
	const plain = chat.title
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.toWellFormed();
	return plain === '' ? titleFrom(messages[0]?.content ?? '') : [...plain].slice(0, longestTitle).join('');
}

/** A UUID made of what stands for a thing (RFC 9562, version 8). */
function idOf(...names: string[]): string {
	const hex = createHash('sha256').update(JSON.stringify(names)).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
