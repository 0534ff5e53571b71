import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { connect, enter, signIn } from '../e2e/support/connect.ts';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { removeData, startServe } from '../e2e/support/startServe.ts';
import { median, percentile } from './median.ts';
import type { Report } from './run.ts';

const students = 1000;
const questions = 5;
const steps = 1000;
const stepLimitMs = 50;
/** Screens, their words and the like come in with the first steps. */
const warmSteps = 100;
const heapEvery = 100;
const heapLimit = 1.1;
/** A busy machine may take long to open a class. */
const patienceMs = 180_000;

/**
 * A desk with 5,000 graded answers in a real browser, walked through by a key: from the key to the painted answer, and what the page has in
 * memory on the way. Needs `npm run build` first.
 */
export async function run(report: Report): Promise<void> {
	const found = findBrowser();
	if (!found) throw new Error('no browser on this machine');
	const first = await startServe();
	const cookie = await signIn(first);
	const assignmentId = await createClass(first.origin, cookie);
	await first.stop();
	propose(path.join(first.dataFolder, 'homeroom.db'));
	const served = await startServe({ dataFolder: first.dataFolder });
	const browser = await chromium.launch({ executablePath: found.path, args: found.args });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		page.setDefaultTimeout(patienceMs);
		await enter(page, served, cookie);
		await page.goto(`${served.origin}/#/grading/${assignmentId}`);
		for (const [view, answers] of [
			['by question', students],
			['by student', students * questions],
		] as const) {
			const desk = page.getByRole('listbox', { name: 'Answers' });
			if (view === 'by student') await desk.press('v');
			await desk.focus();
			await page.getByText(new RegExp(`^[\\d,]+ of ${answers.toLocaleString('en')}$`)).waitFor();
			await page.keyboard.press('Home');
			await measureSteps(report, page, `${view}, ${answers} answers`, Math.min(steps, answers - warmSteps - 1));
		}
	} finally {
		await browser.close();
		await served.stop();
		await removeData(served);
	}
}

async function measureSteps(report: Report, page: Page, desk: string, count: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const times: number[] = [];
	const heaps: number[] = [];
	await walk(page, warmSteps);
	for (let from = 0; from < count; from += heapEvery) {
		times.push(...(await walk(page, Math.min(heapEvery, count - from))));
		heaps.push(await heapBytes(session));
	}
	await session.detach();
	const step = median(times);
	report({
		metric: `next answer ${desk}, key to painted, median of ${times.length}`,
		value: round(step),
		unit: 'ms',
		limit: stepLimitMs,
		pass: step < stepLimitMs,
	});
	report({ metric: `next answer ${desk}, key to painted, p95`, value: round(percentile(times, 0.95)), unit: 'ms' });
	const [early = 0, late = 0] = [heaps[0], heaps.at(-1)];
	report({
		metric: `JS heap ${desk}, after the last hundred steps (baseline: after the first hundred)`,
		value: round(late / 2 ** 20),
		unit: 'MiB',
		baseline: round(early / 2 ** 20),
		ratio: round(late / early),
		limit: heapLimit,
		pass: late / early <= heapLimit,
	});
}

/** Presses the key so many times, each as soon as the answer before is painted; how long each took by the page's own clock. */
async function walk(page: Page, count: number): Promise<number[]> {
	const times: number[] = [];
	for (let step = 0; step < count; step++) {
		await page.evaluate(listen);
		await page.keyboard.press('ArrowDown');
		times.push(await page.evaluate<number>('painted'));
	}
	return times;
}

/** For the page: waits for a key, then for another answer to be chosen, and then for the frame's paint, which comes before the next message. */
const listen = `
	var painted = new Promise((resolve) => {
		const chosen = () => document.getElementById('desk').getAttribute('aria-activedescendant');
		const before = chosen();
		addEventListener('keydown', ({ timeStamp }) => {
			const channel = new MessageChannel();
			channel.port1.onmessage = () => resolve(performance.now() - timeStamp);
			const look = () => (chosen() === before ? requestAnimationFrame(look) : channel.port2.postMessage(null));
			requestAnimationFrame(look);
		}, { capture: true, once: true });
	});
	void 0;
`;

/** What is left in the page's heap after its garbage is gone. */
async function heapBytes(session: CDPSession): Promise<number> {
	await session.send('HeapProfiler.collectGarbage');
	return (await session.send('Runtime.getHeapUsage')).usedSize;
}

const levels = [4, 3, 2, 1, 0].map((points) => ({ id: `l${points}`, name: `Level ${points}`, description: `What earns ${points} points.`, points }));
const rubric = ['Idea', 'Evidence', 'Language'].map((name, at) => ({ id: `c${at}`, kind: 'levels' as const, name, description: name, byCheck: false, levels }));

/** A class of a thousand with five questions, of which nothing is graded; gives back its id. */
export async function createClass(origin: string, cookie: string): Promise<string> {
	const { client, close } = await connect(origin, cookie);
	const columns = Array.from({ length: questions }, (_, at) => `Q${at + 1}`);
	const rows = Array.from({ length: students }, (_, at) =>
		[String(at + 1), `Student ${at + 1}`, ...columns.map((column) => `"${answerText(at, column)}"`)].join(),
	);
	const answers = columns.map((column) => ({ column, questionName: column }));
	const { id } = await client.grading.create({
		fields: { title: 'A large class' },
		questions: columns.map((name) => ({ name, text: `${name}: why do plants need light?`, points: 12, rubric })),
		source: { text: ['id,name', columns].join().concat('\n', rows.join('\n')) },
		mapping: { layout: 'wide', studentId: 'id', studentNames: ['name'], answers },
	});
	close();
	return id;
}

/** About a hundred words that begin like no other. */
function answerText(student: number, column: string): string {
	return `Answer ${student} to ${column}. ${'Plants use the light of the sun to make sugar from water and air, and give off oxygen. '.repeat(6)}`;
}

/** Writes what a model would have proposed in a night into the database of an app that is not running. */
export function propose(file: string): void {
	const client = new Database(file);
	const add = client.prepare(
		`insert into proposal (id, answer_id, basis, score, points, out_of, verdicts, feedback, suggestions, confidence, doubts, decided_by, model_name, tokens, created_at)
		values (?, ?, ?, 50, 6, 12, ?, ?, ?, ?, ?, 'model', 'Bench', 900, 1)`,
	);
	const verdicts = rubric.map(({ id }) => ({ criterionId: id, levelId: 'l2', quote: 'light of the sun', reason: 'It says so.', decidedBy: 'model' }));
	client.transaction(() => {
		const rows = client.prepare('select answer.id, answer.text, question.basis from answer join question on question.id = answer.question_id').all();
		// What the statement above names.
		for (const [at, { id, text, basis }] of (rows as { id: string; text: string; basis: string }[]).entries()) {
			const start = text.indexOf('light of the sun');
			const placed = verdicts.map((verdict) => ({ ...verdict, place: { start, end: start + 16 } }));
			const feedback = `Student, you say what light is for. ${'Say also where it happens. '.repeat(4)}`;
			const words = [JSON.stringify(placed), feedback, JSON.stringify(['Name the leaf.', 'Say what becomes of the sugar.'])];
			add.run(randomUUID(), id, basis, ...words, (at % 100) / 100, JSON.stringify(at % 7 === 0 ? ['quoteMissing'] : []));
		}
		client.exec("update answer set status = 'graded'");
	})();
	client.close();
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
