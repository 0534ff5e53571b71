import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Answer } from '#contract/grading.ts';
import type { GradingOrder } from './grading.ts';
import { gradingOrder, openGradingStage } from './openGradingStage.test-support.ts';

type Stage = Awaited<ReturnType<typeof openGradingStage>>;

/** Opens grading before a file's tests and closes it after them; with `parallel` its model is loaded for so many at a time, and its jobs run. */
export function stageOfTests(parallel: number | null = null): () => Stage & { folder: string } {
	let folder = '';
	let stage: (Stage & { folder: string }) | null = null;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'homeroom-grading-'));
		stage = { ...(await openGradingStage(folder)), folder };
		if (parallel === null) return;
		stage.jobs.start();
		await stage.engine.load('ann', stage.model.id, { wishes: { contextTokens: 4096, parallel } });
	}, 60_000);
	afterAll(async () => {
		await stage?.close();
		await rm(folder, { recursive: true });
	});
	return () => {
		if (!stage) throw new Error('the stage is opened before the tests begin');
		return stage;
	};
}

let people = 0;

/** Somebody who pays for what they do and has what a new account has; gives back their id. */
export function newPayer({ pay }: Stage): string {
	const id = `mia ${++people}`;
	pay.people.set(id, { id, name: 'Mia', role: 'user' });
	return id;
}

/** What was set aside for a payer, in order. */
export function holdsOf({ db }: Stage, payerId: string): { id: string; charged: number; released: number; closed: number }[] {
	const rows = db.$client.prepare<[string], { id: string; charged: number; released: number; closed: number }>(
		'select id, charged, released, closed_at is not null closed from hold where holder_id = ? order by rowid',
	);
	return rows.all(payerId);
}

/** Has a class of Ann's graded to its end; gives back its answers. */
export async function gradeAll({ grading, model }: Stage, assignmentId: string, more: Partial<GradingOrder> = {}): Promise<Answer[]> {
	grading.start('ann', assignmentId, gradingOrder(model.id, more));
	for await (const { assignment } of grading.watch('ann', assignmentId)) {
		if (assignment.job?.state === 'completed') return grading.answers('ann', assignmentId);
		if (assignment.job?.state === 'failed') throw new Error(JSON.stringify(assignment.job.failure));
	}
	throw new Error('the watch ended');
}
