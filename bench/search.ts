import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { chatTexts } from '../src-main/features/chat/chat.ts';
import { conversation, message } from '../src-main/features/chat/schema.ts';
import { openDatabase } from '../src-main/platform/database/openDatabase.ts';
import { migrationsFolder } from '../src-main/platform/database/temporaryDatabase.ts';
import { TextIndex } from '../src-main/platform/search/TextIndex.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';

const messages = 100_000;
const perConversation = 100;
const words = 20_000;
const asked = 21;
const limitMs = 50;
/** Frequent Chinese characters, in which texts of the bench are written. */
const han = [...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经'];

/** A search through a hundred thousand messages, English and Chinese, that were there before the index. */
export async function run(report: Report): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-search-'));
	const file = path.join(folder, 'homeroom.db');
	const { db, close } = openDatabase({ file, migrationsFolder, log: pino({ enabled: false }) });
	const bytes = fill(db);
	db.$client.pragma('wal_checkpoint(TRUNCATE)');
	const before = statSync(file).size;
	const index = new TextIndex({ db, sources: chatTexts(db), log: pino({ enabled: false }) });
	try {
		const from = performance.now();
		index.start();
		while (!index.find('anna', 'x', 1).isComplete) await new Promise((resolve) => setTimeout(resolve, 0));
		report({ metric: 'taken in, messages a second', value: Math.round(messages / ((performance.now() - from) / 1000)), unit: '1/s' });
		db.$client.pragma('wal_checkpoint(TRUNCATE)');
		report({
			metric: 'index, of the text',
			value: (statSync(file).size - before) / bytes,
			unit: 'fraction',
			limit: 2,
			pass: statSync(file).size - before < 2 * bytes,
		});
		const rare = wordOf(words - 1);
		const questions = {
			frequent: wordOf(0),
			rare,
			two: `${wordOf(0)} ${wordOf(1)}`,
			beginning: wordOf(0).slice(0, 2),
			'longer beginning': wordOf(0).slice(0, 3),
			Chinese: '的',
			'Chinese word': '学法',
			nothing: 'quasar',
		};
		for (const [what, question] of Object.entries(questions)) {
			const times = Array.from({ length: asked }, () => {
				const at = performance.now();
				index.find('anna', question, 5);
				return performance.now() - at;
			});
			const value = median(times);
			report({ metric: `${what}, median`, value, unit: 'ms', limit: limitMs, pass: value < limitMs });
			report({ metric: `${what}, longest`, value: Math.max(...times), unit: 'ms', limit: limitMs, pass: Math.max(...times) < limitMs });
		}
	} finally {
		index.close();
		close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Writes the conversations of one account and gives the size of what is said in them. */
function fill(db: ReturnType<typeof openDatabase>['db']): number {
	let seed = 1;
	// A linear congruential generator: the same texts at every run.
	const random = () => {
		seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
		return seed / 0x7fffffff;
	};
	/** As words are in a language: each next one is rarer (Zipf). */
	const rank = (count: number) => Math.min(count - 1, Math.floor(count ** random()) - 1);
	let bytes = 0;
	db.transaction((tx) => {
		for (let at = 0; at < messages; at += 1) {
			const conversationId = `talk-${Math.floor(at / perConversation)}`;
			// What is in the settings is no matter here.
			if (at % perConversation === 0)
				tx.insert(conversation)
					.values({ id: conversationId, ownerId: 'anna', title: `Talk ${at}`, settings: {} as never, createdAt: at, updatedAt: at })
					.run();
			const content =
				at % 3 === 0 ? Array.from({ length: 150 }, () => han[rank(han.length)]).join('') : Array.from({ length: 60 }, () => wordOf(rank(words))).join(' ');
			bytes += Buffer.byteLength(content);
			const parentId = at % perConversation === 0 ? null : `said-${at - 1}`;
			tx.insert(message)
				.values({ id: `said-${at}`, conversationId, parentId, role: 'user', content, status: 'complete', createdAt: at })
				.run();
		}
	});
	return bytes;
}

/** The word of a rank, of three to six letters. */
function wordOf(rank: number): string {
	let word = '';
	for (let rest = rank * 7919 + 703; rest > 0; rest = Math.floor(rest / 26)) word += String.fromCharCode(97 + (rest % 26));
	return word.padEnd(3, 'e');
}
