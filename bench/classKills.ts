import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { count, eq, sum } from 'drizzle-orm';
import { exampleFields, gradingOrder, mappingOf, openGradingStage } from '../src-main/features/grading/openGradingStage.test-support.ts';
import { answer, proposal } from '../src-main/features/grading/schema.ts';
import { seededRandom } from '../src-main/features/library/seededRandom.ts';
import { everyOwner } from '../src-main/platform/database/owned.ts';
import type { Report } from './run.ts';
import { takeInDemo } from './takeInDemo.ts';

const students = Number(process.env.STUDENTS ?? 1000);
const sums = ['2+3×4', '7+2×5', '3×6', '8+5', '(1+3)×4'];
const kills = 20;
const child = join(import.meta.dirname, '../src-main/features/grading/gradeInChild.test-support.ts');

/**
 * A class of 1,000 students and five questions, each answer another one, is graded by the demonstration model while the process is killed (-9)
 * at 20 random points; after the last start each answer has one proposal, each was charged once from one hold, and the books are right.
 * `STUDENTS` makes it smaller.
 */
export async function run(report: Report): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-class-kills-'));
	try {
		const assignmentId = await createClass(folder);
		const random = seededRandom(1);
		const per = (2 * students * sums.length) / (kills + 1);
		let [killed, graded] = [0, 0];
		for (let at = 0; at < kills; at++) {
			const ended = await gradeUntil(folder, assignmentId, graded + 1 + Math.floor(random.next() * per));
			graded = ended.graded;
			if (ended.isKilled) killed++;
		}
		await gradeUntil(folder, assignmentId, Number.POSITIVE_INFINITY);
		report({ metric: 'kills in the middle', value: killed, unit: 'kills', limit: kills / 2, pass: killed >= kills / 2 });
		await reportBooks(folder, report);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function createClass(folder: string): Promise<string> {
	const stage = await openGradingStage(folder);
	const modelId = await takeInDemo(stage.library, folder);
	const names = sums.map((_, at) => `Q${at + 1}`);
	const questions = sums.map((text, at) => ({ name: names[at] ?? '', text, key: '', points: 10, check: { kind: 'none' } as const, rubric: [] }));
	const rows = Array.from({ length: students }, (_, at) => [String(at + 1), ...sums.map(() => `It is ${at + 1}.`)].join(','));
	const text = [['id', ...names].join(','), ...rows].join('\n');
	const { id } = await stage.grading.create('ann', exampleFields, questions, { input: { text } }, mappingOf(names));
	stage.grading.start('ann', id, gradingOrder(modelId));
	await stage.close();
	return id;
}

/** Goes on until so many are graded in all, and is killed then; or to its end, where that comes before. */
async function gradeUntil(folder: string, assignmentId: string, count: number): Promise<{ graded: number; isKilled: boolean }> {
	const grading = spawn(process.execPath, [child, folder, 'ann', assignmentId], { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = once(grading, 'exit');
	let graded = 0;
	for await (const _ of createInterface({ input: grading.stdout })) if (++graded === count) grading.kill('SIGKILL');
	const [code, signal] = await ended;
	if (code !== 0 && signal !== 'SIGKILL') throw new Error(`grading ended with ${code}`);
	return { graded, isKilled: signal === 'SIGKILL' };
}

async function reportBooks(folder: string, report: Report): Promise<void> {
	const stage = await openGradingStage(folder);
	const answers = stage.db
		.select({ proposals: count(proposal.id), charged: sum(proposal.charged).mapWith(Number) })
		.from(answer)
		.leftJoin(proposal, eq(proposal.answerId, answer.id))
		.where(everyOwner(answer.assignmentId))
		.groupBy(answer.id)
		.all();
	const read = <T>(statement: string) => stage.db.$client.prepare<[], T>(statement).all();
	const holds = read<{ charges: number; charged: number; closed: number }>('select charges, charged, closed_at is not null closed from hold');
	const keys = read<{ keys: number }>(`select count(distinct request_key) keys from transfer where kind = 'charge'`);
	const total = answers.reduce((all, { charged }) => all + (charged ?? 0), 0);
	const none = (metric: string, value: number, unit = 'answers') => report({ metric, value, unit, limit: 0, pass: value === 0 });
	none('answers lost', Math.abs(answers.length - students * sums.length));
	none('answers without exactly one proposal', answers.filter(({ proposals }) => proposals !== 1).length);
	none('charges beside one for each answer', Math.abs((holds[0]?.charges ?? 0) - answers.length) + Math.abs((keys[0]?.keys ?? 0) - answers.length), 'charges');
	none('tokens charged beside those of the proposals', Math.abs((holds[0]?.charged ?? 0) - total), 'tokens');
	none('holds beside one that is closed', Math.abs(holds.filter(({ closed }) => closed === 1).length - 1) + holds.length - 1, 'holds');
	none('faults in the books', stage.pay.ledger.checkBooks().length, 'faults');
	await stage.close();
}
