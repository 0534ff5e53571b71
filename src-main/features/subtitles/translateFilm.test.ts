import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Usage } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import type { JobState } from '#contract/jobs.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { openSubtitlesStage, orderOf, srtOf } from './openSubtitlesStage.test-support.ts';
import { tagFaultsOf } from './tagFaultsOf.ts';

let folder: string;
let stage: ReturnType<typeof openSubtitlesStage>;
let modelId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-film-'));
	stage = openSubtitlesStage(folder);
	modelId = await stage.addModel();
	stage.jobs.start();
	await stage.engine.load('ann', modelId, { wishes: { contextTokens: 4096, parallel: 3 } });
	await stage.engine.ensureRunning('ann', modelId);
}, 120_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

async function reach(ownerId: string, projectId: string, ...states: JobState[]): Promise<SubtitleProject> {
	for await (const { project } of stage.subtitles.watch(ownerId, projectId)) if (project.job && states.includes(project.job.state)) return project;
	throw new Error('the watch ended');
}
const cuesOf = (projectId: string, ownerId = 'ann') => stage.subtitles.cues(ownerId, projectId).cues;
const holdsOf = (ownerId: string) => {
	const rows = stage.db.$client.prepare<[string], { charged: number; closed: number }>(
		'select charged, closed_at is not null closed from hold where holder_id = ? order by rowid',
	);
	return rows.all(ownerId);
};
const unused: Usage = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };
const film = (lines: number) => srtOf(Array.from({ length: lines }, (_, at) => `<i>Line</i> ${at}, and so on`));

test('a film is translated: every cue that is to be, with the tags that it had, and what is never sent stays', async () => {
	const { id } = await stage.create(`${film(23)}24\n00:02:00,000 --> 00:02:01,000\n♪\n`);
	expect(await stage.subtitles.estimate('ann', [id], orderOf(modelId))).toMatchObject({ cues: 23, isCounted: true });
	stage.subtitles.start('ann', [id], orderOf(modelId));
	const done = await reach('ann', id, 'completed', 'failed');
	expect(done).toMatchObject({
		job: { state: 'completed', pass: 'translate' },
		counts: { cues: 24, toTranslate: 23, translated: 23, failed: 0 },
		canUndo: true,
	});
	for (const { source, target, skip, origin, confidence } of cuesOf(id)) {
		if (skip === null) expect([tagFaultsOf('srt', source, target ?? ''), origin, confidence !== null && confidence < 0]).toEqual([[], 'model', true]);
		else expect([target, confidence]).toEqual([null, null]);
	}
	const { text } = stage.subtitles.files.saveReport('ann', id, 'csv', 'en');
	for (const { confidence } of cuesOf(id).slice(0, 23)) expect(text).toContain(`,${Number(confidence?.toFixed(2))},`);
	expect(await stage.subtitles.estimate('ann', [id], orderOf(modelId))).toMatchObject({ cues: 0, tokens: 0, least: 0 });
}, 300_000);

test('ids out are ids in, whatever the batches and the weights', async () => {
	// 24 batches in the ordinary run; with HOMEROOM_BATCHES=1000 all that the issue asks for.
	const wanted = Number(process.env.HOMEROOM_BATCHES ?? 24);
	const seeds = [1, 7];
	let batches = 0;
	for (let round = 0; batches < wanted; round++) {
		const other = await stage.addModel(seeds[round % seeds.length]);
		await stage.engine.ensureRunning('ann', other);
		const batchCues = 1 + ((round * 3) % 8);
		const texts = Array.from({ length: batchCues * Math.min(8, wanted - batches) }, (_, at) =>
			at % 3 === 0 ? `他说第 ${at} 句` : `He says <b>${'so '.repeat(at % 7)}</b> number ${at}`,
		);
		const { id } = await stage.create(srtOf(texts));
		stage.subtitles.start('ann', [id], orderOf(other, { batchCues, windowCues: round % 4 }));
		const { counts } = await reach('ann', id, 'completed', 'failed');
		expect(counts).toMatchObject({ translated: texts.length, failed: 0 });
		for (const { source, target } of cuesOf(id)) expect(tagFaultsOf('srt', source, target ?? '')).toEqual([]);
		batches += texts.length / batchCues;
	}
}, 3_600_000);

test('approved cues are never overwritten, and what was approved is taken from the memory without asking', async () => {
	const { id } = await stage.create(srtOf(['Good evening.', 'Good evening.', 'Good night.']));
	const [first, second] = cuesOf(id);
	stage.subtitles.edit('ann', id, [{ cueId: first?.id ?? '', target: 'Guten Abend.', isApproved: true }]);
	stage.subtitles.edit('ann', id, [{ cueId: second?.id ?? '', target: 'Abend.' }]);
	stage.subtitles.start('ann', [id], orderOf(modelId, { scope: 'unapproved', replacesHandwritten: true }));
	await reach('ann', id, 'completed', 'failed');
	expect(cuesOf(id)).toMatchObject([
		{ target: 'Guten Abend.', origin: 'person', isApproved: true },
		{ target: 'Guten Abend.', origin: 'memory', isApproved: false },
		{ origin: 'model', isApproved: false },
	]);
}, 120_000);

test('a run is one act, however many batches it has: undone it gives what stood before it, redone what the model wrote', async () => {
	const { id } = await stage.create(film(8));
	const ids = cuesOf(id).map((each) => each.id);
	const typed = { cueId: ids[5] ?? '', target: 'Von Hand' };
	stage.subtitles.start('ann', [id], orderOf(modelId, { batchCues: 2 }));
	await reach('ann', id, 'completed', 'failed');
	const first = cuesOf(id).map(({ target }) => target);
	stage.subtitles.edit('ann', id, [typed]);
	const before = cuesOf(id).map(({ target }) => target);
	const order = orderOf(modelId, { scope: 'unapproved', replacesHandwritten: true, batchCues: 2 });
	stage.subtitles.start('ann', [id], order);
	await reach('ann', id, 'completed', 'failed');
	const after = cuesOf(id).map(({ target }) => target);
	expect(after[5]).not.toBe('Von Hand');
	expect(stage.subtitles.undo('ann', id).project).toMatchObject({ canUndo: true, canRedo: true });
	expect(cuesOf(id).map(({ target }) => target)).toEqual(before);
	stage.subtitles.redo('ann', id);
	expect(cuesOf(id).map(({ target }) => target)).toEqual(after);
	for (const expected of [before, first, Array.from({ length: 8 }, () => null)]) {
		stage.subtitles.undo('ann', id);
		expect(cuesOf(id).map(({ target }) => target)).toEqual(expected);
	}
	expect(stage.subtitles.get('ann', id).canUndo).toBe(false);
}, 120_000);

test('what a person wrote stays in a run over all that is not approved, and is counted before', async () => {
	const { id } = await stage.create(film(3));
	stage.subtitles.edit('ann', id, [{ cueId: cuesOf(id)[1]?.id ?? '', target: 'Von Hand' }]);
	const order = orderOf(modelId, { scope: 'unapproved' });
	expect(await stage.subtitles.estimate('ann', [id], order)).toMatchObject({ cues: 2, handwritten: 1 });
	expect(await stage.subtitles.estimate('ann', [id], { ...order, replacesHandwritten: true })).toMatchObject({ cues: 3, handwritten: 1 });
	expect(await stage.subtitles.estimate('ann', [id], orderOf(modelId))).toMatchObject({ cues: 2, handwritten: 0 });
	stage.subtitles.start('ann', [id], order);
	await reach('ann', id, 'completed', 'failed');
	expect(cuesOf(id)).toMatchObject([{ origin: 'model' }, { target: 'Von Hand', origin: 'person' }, { origin: 'model' }]);
}, 120_000);

test('a film of which some cues failed has ended in part, also where all of it was one batch; one of which all failed has failed', async () => {
	const known = await stage.create(srtOf(['Known before']));
	const [cueId = ''] = cuesOf(known.id).map((each) => each.id);
	stage.subtitles.edit('ann', known.id, [{ cueId, target: 'Von früher', isApproved: true }]);
	const generate = vi.spyOn(stage.engine, 'generate').mockImplementation(async function* () {
		yield { type: 'text', text: 'no form at all', spans: [], usage: unused };
		yield { type: 'end', finish: 'stop', usage: unused };
	});
	const [part, none] = [await stage.create(srtOf(['Known before', 'New'])), await stage.create(srtOf(['New', 'Newer']))];
	stage.subtitles.start('ann', [part.id, none.id], orderOf(modelId));
	const ended = await Promise.all([part, none].map(({ id }) => reach('ann', id, 'completed', 'failed')));
	generate.mockRestore();
	expect(ended.map(({ job, counts }) => [job?.state, counts.translated, counts.failed])).toEqual([
		['completed', 1, 1],
		['failed', 0, 2],
	]);
	const job = stage.jobs.list('ann').find(({ id }) => id === ended[0]?.job?.id);
	expect(job).toMatchObject({ itemsDone: 1, itemsFailed: 1, failure: null });
	stage.jobs.retry('ann', job?.id ?? '');
	expect((await reach('ann', part.id, 'completed')).counts).toMatchObject({ translated: 2, failed: 0 });
}, 120_000);

test('a person acts while a run goes on, and each act is undone to what it found', async () => {
	const { id } = await stage.create(film(10));
	stage.subtitles.start('ann', [id], orderOf(modelId, { batchCues: 1 }));
	let edited = '';
	for await (const { changed } of stage.subtitles.watch('ann', id)) {
		edited = changed.find(({ origin }) => origin === 'model')?.id ?? '';
		if (edited !== '') break;
	}
	const written = cuesOf(id).find((each) => each.id === edited)?.target;
	stage.subtitles.edit('ann', id, [{ cueId: edited, target: 'Von Hand' }]);
	await reach('ann', id, 'completed', 'failed');
	stage.subtitles.undo('ann', id);
	expect(cuesOf(id).find((each) => each.id === edited)?.target).toBe(written);
	expect(cuesOf(id).every(({ target }) => target !== null)).toBe(true);
	expect(stage.subtitles.undo('ann', id).project).toMatchObject({ canUndo: false, counts: { translated: 0 } });
}, 120_000);

test('a film is paid for by its batches, and what was set aside and not used goes back', async () => {
	const { ledger } = stage.pay;
	ledger.topUp('mia', 'for-a-film', 1_000_000);
	const before = ledger.balance('mia').available;
	const { id } = await stage.create(film(12), {}, 'film.srt', 'mia');
	const { tokens, least } = await stage.subtitles.estimate('mia', [id], orderOf(modelId));
	expect([tokens > 1000, least < tokens]).toEqual([true, true]);
	stage.subtitles.start('mia', [id], orderOf(modelId));
	await reach('mia', id, 'completed', 'failed');
	const [hold] = holdsOf('mia');
	expect([hold?.closed, ledger.balance('mia')]).toMatchObject([1, { available: before - (hold?.charged ?? 0), reserved: 0 }]);
	ledger.topUp('mia', 'no-more', -ledger.balance('mia').available);
	const { id: next } = await stage.create(film(12), {}, 'film.srt', 'mia');
	expect(() => stage.subtitles.start('mia', [id, next], orderOf(modelId, { scope: 'unapproved' }))).toThrow(
		expect.objectContaining({ code: 'INSUFFICIENT_TOKENS' }),
	);
	expect(stage.subtitles.get('mia', next).job).toBeNull();
	expect(ledger.checkBooks()).toEqual([]);
}, 120_000);

test('a film that costs more than there is sets aside what its first batch takes, and leaves the rest of the balance to other work', async () => {
	const { ledger } = stage.pay;
	const { id } = await stage.create(film(40), {}, 'film.srt', 'mia');
	const { least } = await stage.subtitles.estimate('mia', [id], orderOf(modelId));
	ledger.topUp('mia', 'some', 8 * least - ledger.balance('mia').available);
	stage.subtitles.start('mia', [id], orderOf(modelId));
	// What is set aside is for the first batch alone.
	const { available, reserved } = ledger.balance('mia');
	expect([reserved > 0, available > 2 * least]).toEqual([true, true]);
	// The test model takes more than letters tell, so that what there is does not do for it.
	expect(await reach('mia', id, 'completed', 'failed', 'paused')).toMatchObject({
		job: { state: 'paused', failure: { code: 'INSUFFICIENT_TOKENS' } },
		counts: { failed: 0 },
	});
	expect([ledger.balance('mia').reserved, ledger.checkBooks()]).toEqual([0, []]);
	// It is not taken up again for less than it lacks, and nothing is taken for that.
	const { job } = stage.subtitles.get('mia', id);
	const needed = Number(job?.failure?.data.needed);
	const [before, holds] = [ledger.balance('mia').available, holdsOf('mia').length];
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed, available: before } });
	expect(needed).toBeGreaterThan(before);
	for (let tries = 0; tries < 3; tries++) expect(() => stage.jobs.resume('mia', job?.id ?? '')).toThrow(refused);
	expect([ledger.balance('mia').available, holdsOf('mia').length, stage.jobs.get('mia', job?.id ?? '').state]).toEqual([before, holds, 'paused']);
	ledger.topUp('mia', 'for the rest', 1_000_000);
	stage.jobs.resume('mia', job?.id ?? '');
	expect(await reach('mia', id, 'completed', 'failed', 'paused')).toMatchObject({ job: { state: 'completed' } });
	ledger.topUp('mia', 'none of the rest', -ledger.balance('mia').available);
}, 120_000);

test('what of a batch was translated before its film paused is kept, shown and not asked for again', async () => {
	const { ledger } = stage.pay;
	ledger.topUp('mia', 'for a part', 1_000_000);
	const said = (text: string, finish: 'stop' | 'budget' = 'stop') =>
		async function* () {
			const usage = { ...unused, promptTokens: 100, completionTokens: 20 };
			yield { type: 'text' as const, text, spans: [], usage };
			yield { type: 'end' as const, finish, usage };
		};
	const asked: string[][] = [];
	const generate = vi.spyOn(stage.engine, 'generate').mockImplementation((request) => {
		const keys = Object.keys((request.jsonSchema as { properties: object }).properties);
		asked.push(keys);
		if (asked.length > 1 && asked.length < 4) throw failure('NOT_FOUND', { what: 'model' });
		return said(JSON.stringify(Object.fromEntries(keys.map((key) => [key, asked.length === 1 && key === '2' ? '' : `Zeile ${key}`]))))();
	});
	const { id } = await stage.create(srtOf(['One', 'Two', 'Three']), {}, 'film.srt', 'mia');
	stage.subtitles.start('mia', [id], orderOf(modelId));
	const paused = await reach('mia', id, 'completed', 'failed', 'paused');
	const job = stage.jobs.get('mia', paused.job?.id ?? '');
	expect([job.state, job.itemsDone, job.fraction, paused.counts.translated]).toEqual(['paused', 2, 2 / 3, 2]);
	const spent = ledger.balance('mia').usedThisMonth;
	asked.push([]);
	stage.jobs.resume('mia', job.id);
	expect(await reach('mia', id, 'completed', 'failed')).toMatchObject({ job: { state: 'completed' }, counts: { translated: 3 } });
	generate.mockRestore();
	expect(asked.at(-1)).toEqual(['2']);
	// Three tokens for one: 120 of the model before, and 120 and the surcharge of 50 after it.
	expect(ledger.balance('mia').usedThisMonth - spent).toBe(3 * 120 + 50);
	expect(stage.jobs.get('mia', job.id).itemsDone).toBe(3);
	ledger.topUp('mia', 'no part', -ledger.balance('mia').available);
}, 120_000);

test('a film that is paused holds nothing, also where it was resumed a moment before', async () => {
	const { ledger } = stage.pay;
	ledger.topUp('mia', 'to-be-paused', 1_000_000);
	const { id } = await stage.create(film(40), {}, 'film.srt', 'mia');
	const jobId = stage.subtitles.start('mia', [id], orderOf(modelId))[0]?.job?.id ?? '';
	expect(ledger.balance('mia').reserved).toBeGreaterThan(0);
	await reach('mia', id, 'running');
	stage.jobs.pause('mia', jobId);
	await vi.waitFor(() => expect(ledger.balance('mia').reserved).toBe(0));
	stage.jobs.resume('mia', jobId);
	expect(ledger.balance('mia').reserved).toBeGreaterThan(0);
	stage.jobs.pause('mia', jobId);
	await vi.waitFor(() => expect(ledger.balance('mia').reserved).toBe(0));
	// What an earlier start of the app left is given back too.
	const { id: holdId } = ledger.openHold({ requestId: `${jobId}#3`, accountId: 'mia', task: 'subtitles', modelId, modelName: 'm', subjectId: id, tokens: 10 });
	expect(ledger.hold(holdId)?.isOpen).toBe(true);
	stage.recover();
	expect([ledger.hold(holdId)?.isOpen, ledger.checkBooks()]).toEqual([false, []]);
	stage.jobs.cancel('mia', jobId);
	ledger.topUp('mia', 'no-more-of-it', -ledger.balance('mia').available);
}, 120_000);

test('what a film is likely to cost is counted in the tokens of the model where it is in memory, and by letters before', async () => {
	const { id } = await stage.create(srtOf(Array.from({ length: 30 }, (_, at) => `Whereabouts unknown, ${at}`)));
	const other = await stage.addModel(5);
	const before = await stage.subtitles.estimate('ann', [id], orderOf(other));
	await stage.engine.ensureRunning('ann', other);
	const after = await stage.subtitles.estimate('ann', [id], orderOf(other));
	await stage.engine.unload('ann', stage.engine.deployments('ann').find((each) => each.modelId === other)?.id ?? '');
	// The test model has hardly any words: most letters are tokens of their own.
	expect([before.isCounted, after.isCounted, after.tokens > 2 * before.tokens]).toEqual([false, true, true]);
	expect([after.cues, after.least]).toEqual([before.cues, before.least]);
}, 120_000);

test('a first pass proposes terms that stand in the film, and they are used only when a person has confirmed them', async () => {
	const { id, glossaryId } = await stage.create(film(5));
	stage.subtitles.start('ann', [id], orderOf(modelId, { pass: 'glossary' }));
	const { job, counts } = await reach('ann', id, 'completed', 'failed');
	expect([job?.pass, counts.translated]).toEqual(['glossary', 0]);
	for (const { source, state } of stage.subtitles.glossaries.terms('ann', glossaryId ?? ''))
		expect([film(5).includes(source), state]).toEqual([true, 'proposed']);
}, 120_000);

test('a cue is translated anew with a hint, as an act that is undone', async () => {
	const { id } = await stage.create(film(3));
	const cueId = cuesOf(id)[1]?.id ?? '';
	stage.subtitles.edit('ann', id, [{ cueId, target: 'Mein Satz' }]);
	const steps = await Array.fromAsync(stage.subtitles.retranslate('ann', id, { cueId, modelId, adapter: null, hint: 'shorter' }));
	expect(steps.at(-1)).toMatchObject({ kind: 'translated', cue: { id: cueId, origin: 'model' } });
	stage.subtitles.undo('ann', id);
	expect(cuesOf(id)[1]?.target).toBe('Mein Satz');
}, 120_000);

test('a job that is cancelled leaves what it did, and what it was to do anew as it was', async () => {
	const { id } = await stage.create(film(60));
	const before = cuesOf(id).map(({ id: cueId }) => ({ cueId, target: `Satz ${cueId}` }));
	stage.subtitles.edit('ann', id, before);
	stage.subtitles.start('ann', [id], orderOf(modelId, { scope: 'unapproved', replacesHandwritten: true, batchCues: 2 }));
	for await (const { changed } of stage.subtitles.watch('ann', id)) if (changed.some(({ origin }) => origin === 'model')) break;
	stage.jobs.cancel('ann', stage.subtitles.get('ann', id).job?.id ?? '');
	await reach('ann', id, 'cancelled');
	await expect.poll(() => cuesOf(id).filter(({ status }) => status !== 'translated').length, { timeout: 20_000 }).toBe(0);
	expect(cuesOf(id).some(({ origin }) => origin === 'person')).toBe(true);
}, 120_000);

test('a film that is killed in the middle goes on where it stopped, loses no cue and is charged for nothing twice', async () => {
	const own = await mkdtemp(join(tmpdir(), 'homeroom-film-kill-'));
	const first = openSubtitlesStage(own);
	const model = await first.addModel();
	first.pay.ledger.topUp('mia', 'for-a-film', 10_000_000);
	const { id } = await first.create(film(32), {}, 'film.srt', 'mia');
	first.subtitles.start('mia', [id], orderOf(model, { batchCues: 4 }));
	await first.close();
	await runChild(own, id, 12);
	const counted = openSubtitlesStage(own);
	const half = counted.subtitles.get('mia', id).counts.translated;
	const kept = counted.subtitles.cues('mia', id).cues.filter(({ target }) => target !== null);
	await counted.close();
	expect([half >= 12, half < 32]).toEqual([true, true]);
	await runChild(own, id, Number.POSITIVE_INFINITY);
	const last = openSubtitlesStage(own);
	const { cues } = last.subtitles.cues('mia', id);
	expect(last.subtitles.get('mia', id)).toMatchObject({ job: { state: 'completed' }, counts: { translated: 32, failed: 0 } });
	for (const { id: cueId, target } of kept) expect(cues.find((each) => each.id === cueId)?.target).toBe(target);
	expect(last.subtitles.undo('mia', id).project).toMatchObject({ canUndo: false, counts: { translated: 0 } });
	const charges = last.db.$client.prepare("select count(*) count, count(distinct request_key) keys from transfer where kind = 'charge'").get();
	expect(charges).toEqual({ count: 8, keys: 8 });
	expect([last.pay.ledger.checkBooks(), last.pay.ledger.balance('mia').reserved]).toEqual([[], 0]);
	await last.close();
	await rm(own, { recursive: true });
}, 300_000);

/** Runs the jobs of a folder in a process of its own, which is killed when so many cues are translated. */
function runChild(own: string, projectId: string, killAt: number): Promise<void> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'translateInChild.test-support.ts'), own, 'mia', projectId], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let translated = 0;
	child.stdout.on('data', (lines: Buffer) => {
		translated += lines.toString().split('\n').length - 1;
		if (translated >= killAt) child.kill('SIGKILL');
	});
	return new Promise((resolve) => child.once('close', () => resolve()));
}
