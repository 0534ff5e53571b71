import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleSheet } from '#contract/subtitles.ts';
import type { Engine, GenerateRequest, JsonSchema } from '../src-main/features/engine/engine.ts';
import { engineHosts } from '../src-main/features/engine/openTestBed.test-support.ts';
import { writeBenchModel } from '../src-main/features/library/benchModel.ts';
import { batchCueOf } from '../src-main/features/subtitles/BatchCue.ts';
import { openSubtitlesStage, orderOf, srtOf } from '../src-main/features/subtitles/openSubtitlesStage.test-support.ts';
import type { CueRow, ProjectRow } from '../src-main/features/subtitles/projectRows.ts';
import { batchTurns, readSubtitlePrompts } from '../src-main/features/subtitles/translatePrompt.ts';
import type { Report } from './run.ts';
import { startBare } from './startBare.ts';

const cues = 1000;
/** The work is the same again and again, so that a part of it tells the whole. */
const measuredCues = 120;
const measuredAlone = 12;
const batchCues = 10;
const windowCues = 5;
/** The characters of each translation: random weights would never end one, or end it at once. */
const saidCharacters = 40;
const contextTokens = 4096;
/** A third of a 0.5B model's blocks and a small vocabulary, so that this takes minutes; prompt and answer shrink by the same. */
const shape = { blocks: 8, vocabulary: 4096 };
const mostOfNaive = 0.35;
const mostOverhead = 0.03;
const tickMs = 10;
const prompts = readSubtitlePrompts(join(import.meta.dirname, '../resources/prompts'));
const brief = { sourceLanguage: 'en', targetLanguage: 'de', style: styleSheet.parse({}) };

type Stage = ReturnType<typeof openSubtitlesStage>;

/**
 * A film of 1,000 cues, translated by the job itself on a model with random weights, beside the naive way on the same model: a request for each
 * cue, one after the other, each with its whole prompt. And what all code of the app takes beside its engine host. Linux alone.
 *
 * Measured is processor time, of which one thread has as much as the time that it takes alone: others on the machine do not change it. Of the
 * film's cues 120 are left to translate, and the figures scaled. Both sides write the same number of tokens for each cue: the form that the job
 * asks for is narrowed to texts of exactly 40 characters, and the naive side writes as many tokens for each as the job did on average, those of
 * keys and quotes among them.
 */
export async function run(report: Report): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-bench-translate-'));
	const stage = openSubtitlesStage(folder);
	try {
		const modelPath = join(folder, 'bench.gguf');
		await writeBenchModel(modelPath, shape);
		const [model] = (await stage.library.importPath('ann', modelPath, 'inPlace')).models;
		if (!model) throw new Error('the model was not taken in');
		await stage.engine.load('ann', model.id, { wishes: { contextTokens } });
		await stage.engine.ensureRunning('ann', model.id);
		const written = narrowForms(stage.engine);
		const job = await measureJob(stage, model.id);
		const tokensPerCue = Math.round(written() / measuredCues);
		const [whole, own] = await countPrompt(stage, model.id);
		const bare = await startBare(modelPath, { contextTokens, sequences: 1 });
		const alone = async (promptTokens: number) => {
			let workedMs = 0;
			for (let at = 0; at < measuredAlone; at++) workedMs += (await bare.measure({ streams: 1, promptTokens, answerTokens: tokensPerCue })).workedMs;
			return (workedMs / measuredAlone) * measuredCues;
		};
		const [naive, sharing] = [await alone(whole), await alone(own)];
		bare.close();
		const total = job.engineMs + job.codeMs;
		report({
			metric: `${cues} cues, processor time, scaled from ${measuredCues}, ${tokensPerCue} tokens written each (baseline: one cue a request with its ${whole} tokens of prompt, scaled from ${measuredAlone})`,
			value: scaled(total),
			unit: 's',
			baseline: scaled(naive),
			ratio: total / naive,
			limit: mostOfNaive,
			pass: total <= naive * mostOfNaive,
		});
		report({
			metric: `the same beside one cue a request where the turn that all share is kept (${own} tokens of prompt)`,
			value: scaled(total),
			unit: 's',
			baseline: scaled(sharing),
			ratio: total / sharing,
		});
		report({
			metric: `code around the engine for ${cues} cues, processor time (baseline: the engine host's)`,
			value: scaled(job.codeMs) * 1000,
			unit: 'ms',
			baseline: scaled(job.engineMs) * 1000,
			ratio: job.codeMs / job.engineMs,
			limit: mostOverhead,
			pass: job.codeMs <= job.engineMs * mostOverhead,
		});
	} finally {
		await stage.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** In seconds, for the whole film. */
function scaled(ms: number): number {
	return (ms / measuredCues) * (cues / 1000);
}

/** Has every text of a batch asked for with one length; tells the tokens that were written since. */
function narrowForms(engine: Engine): () => number {
	const generate = engine.generate.bind(engine);
	let written = 0;
	engine.generate = async function* (request, signal) {
		for await (const piece of generate({ ...request, jsonSchema: narrowed(request.jsonSchema) }, signal)) {
			if (piece.type === 'end') written += piece.usage.completionTokens;
			yield piece;
		}
	};
	return () => written;
}

function narrowed(schema: GenerateRequest['jsonSchema']): JsonSchema {
	// The schema is the one that batchForm.ts makes.
	const keys = Object.keys((schema as { properties: object }).properties);
	const text = { type: 'string', minLength: saidCharacters, maxLength: saidCharacters };
	return { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, text])) };
}

/** The processor time that the job takes for the last cues of a film, of the engine host and of all else. */
async function measureJob({ subtitles, jobs, create }: Stage, modelId: string): Promise<{ engineMs: number; codeMs: number }> {
	const { id } = await create(srtOf(linesOf(cues)));
	const [host, ...others] = await engineHosts();
	if (host === undefined || others.length > 0) throw new Error('there is not one engine host');
	const done = subtitles.cues('ann', id).cues.slice(0, cues - measuredCues);
	subtitles.edit(
		'ann',
		id,
		done.map(({ id: cueId }) => ({ cueId, target: 'Wo bist du die ganze Nacht gewesen?' })),
	);
	const engineFrom = await workedMs(host);
	const codeFrom = process.cpuUsage();
	subtitles.start('ann', [id], orderOf(modelId, { batchCues, windowCues }));
	jobs.start();
	for await (const { project } of subtitles.watch('ann', id)) if (project.job?.state === 'completed' || project.job?.state === 'failed') break;
	const { user, system } = process.cpuUsage(codeFrom);
	const engineMs = (await workedMs(host)) - engineFrom;
	const { translated } = subtitles.get('ann', id).counts;
	if (translated !== cues) throw new Error(`${translated} of ${cues} cues were translated`);
	return { engineMs, codeMs: (user + system) / 1000 };
}

/** What a process has worked so far (proc_pid_stat(5): fields 14 and 15, in hundredths of a second). */
async function workedMs(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	const [user, system] = stat
		.slice(stat.lastIndexOf(')') + 2)
		.split(' ')
		.slice(11, 13);
	return (Number(user) + Number(system)) * tickMs;
}

/** The tokens of the request for one cue: all, and those of the turn that is its own. */
async function countPrompt({ engine }: Stage, modelId: string): Promise<[whole: number, own: number]> {
	const counts = turnsOf(linesOf(cues), cues / 2).map(({ content }) => engine.countTokens('ann', modelId, content));
	const [shared = 0, own = 0] = await Promise.all(counts);
	return [shared + own, own];
}

function linesOf(count: number): string[] {
	const said = [
		'Where have you been all night?',
		'I told you, number %, I went for a walk.',
		'You never walk, not in this weather.',
		'Then call it what you want.',
	];
	return Array.from({ length: count }, (_, at) => (said[at % said.length] ?? '').replace('%', String(at)));
}

function turnsOf(lines: readonly string[], at: number) {
	const before = lines.slice(at - windowCues, at).map((text) => ({ text, target: 'Wo bist du die ganze Nacht gewesen?' }));
	const after = lines.slice(at + 1, at + 1 + windowCues).map((text) => ({ text, target: null }));
	// Of project and row these fields alone are read.
	const project = { format: 'srt', rulesId: '', targetLanguage: brief.targetLanguage } as ProjectRow;
	const cue = batchCueOf(project, { id: '', source: lines[at] ?? '', startMs: 0, endMs: 2500 } as CueRow, at + 1);
	return batchTurns(prompts, brief, [cue], { before, after, terms: [], memory: [], hint: '' });
}
