import { pino } from 'pino';
import { samplingShape } from '#contract/engine.ts';
import { AnswerCache } from '../src-main/features/cache/cache.ts';
import type { GeneratePiece, GenerateRequest, Models } from '../src-main/features/engine/engine.ts';
import { temporaryDatabase } from '../src-main/platform/database/temporaryDatabase.ts';
import { percentile } from './median.ts';
import { openBenchEngine } from './openBenchEngine.ts';
import type { Report } from './run.ts';

const hits = 500;
const limitMs = 10;
/** Kept beside what is asked for, so that it is looked for among many. */
const others = 10_000;
/** Ask the same at the same time. */
const together = 8;
const answerTokens = 200;

const sampling = samplingShape.parse({ temperature: 0, topK: 1 });

/** How long an answer takes that was given before, beside the model's own time for it; and whether those who ask the same at once are answered by one run. */
export async function run(report: Report): Promise<void> {
	const opened = temporaryDatabase();
	const bench = await openBenchEngine(
		{ contextTokens: 2048, parallel: 2 },
		{ shape: { blocks: 6, width: 512, heads: 8, kvHeads: 4, feedForward: 2048, vocabulary: 4000 } },
	);
	const settings = { isOn: true, keepMs: 86_400_000, mostBytes: 2 ** 30, repeatCharge: 'surcharge' as const };
	const cache = new AnswerCache({ db: opened.db, log: pino({ level: 'silent' }), settings: () => settings, identify: () => 'bench' });
	let asked = 0;
	const counted: Models = {
		generate: (request, signal) => {
			asked += 1;
			return bench.engine.generate(request, signal);
		},
		embed: (...order) => bench.engine.embed(...order),
		ensureRunning: (...order) => bench.engine.ensureRunning(...order),
		countTokens: (...order) => bench.engine.countTokens(...order),
		mayUse: () => true,
		usableBy: () => () => true,
	};
	const models = cache.over(counted);
	const asking = (content: string): GenerateRequest => ({
		...{ modelId: 'bench', ownerId: 'ann', turns: [{ role: 'user', content }], sampling, maxTokens: answerTokens, logProbabilities: true },
		jsonSchema: { type: 'array', minItems: 50, maxItems: 50, items: { type: 'string', minLength: 40, maxLength: 60 } },
	});
	try {
		const from = performance.now();
		const first = await read(models.generate(asking('measured')));
		report({ metric: `the first answer, of ${first.end.usage.completionTokens} tokens`, value: performance.now() - from, unit: 'ms' });
		fill(opened.db.$client, others);
		const times: number[] = [];
		for (let n = 0; n < hits; n++) {
			const begin = performance.now();
			const again = await read(models.generate(asking('measured')));
			times.push(performance.now() - begin);
			if (again.text !== first.text || !again.end.usage.repeat) throw new Error('a repeat was another answer');
		}
		report({ metric: `a repeat among ${others} answers, median`, value: percentile(times, 0.5), unit: 'ms' });
		const p95 = percentile(times, 0.95);
		report({ metric: `a repeat among ${others} answers, p95`, value: p95, unit: 'ms', limit: limitMs, pass: p95 < limitMs });

		asked = 0;
		const answers = await Promise.all(Array.from({ length: together }, () => read(models.generate(asking('together')))));
		const isOne = new Set(answers.map(({ text }) => text)).size === 1;
		report({
			metric: `runs for ${together} that ask the same at once, and all get the same`,
			value: asked,
			unit: 'runs',
			limit: 1,
			pass: asked === 1 && isOne,
		});

		asked = 0;
		const stop = new AbortController();
		const stopped = read(models.generate(asking('stopped'), stop.signal), () => stop.abort());
		const going = await read(models.generate(asking('stopped')));
		const isWhole = (await stopped).end.finish === 'aborted' && going.end.finish === 'length' && going.end.usage.completionTokens > 0;
		report({ metric: 'runs where the first is stopped and the other goes on to its end', value: asked, unit: 'runs', limit: 1, pass: asked === 1 && isWhole });
	} finally {
		cache.close();
		await bench.close();
		opened.remove();
	}
}

async function read(pieces: AsyncGenerator<GeneratePiece>, onText = () => {}) {
	let text = '';
	for await (const piece of pieces) {
		if (piece.type === 'end') return { text, end: piece };
		text += piece.text;
		onText();
	}
	throw new Error('an answer ended without its end');
}

/** Rows as those of other answers are. */
function fill(client: ReturnType<typeof temporaryDatabase>['db']['$client'], rows: number): void {
	const insert = client.prepare(
		`insert into cached_answer (owner_id, key, model_id, model_identity, answer, size_bytes, created_at, used_at)
		values (?, ?, 'bench', 'bench', ?, ?, ?, ?)`,
	);
	const answer = JSON.stringify({ pieces: Array.from({ length: 60 }, () => ({ text: 'some words of it ', spans: [] })), finish: 'stop', usage: {} });
	client.transaction(() => {
		for (let n = 0; n < rows; n++) insert.run(`owner ${n % 7}`, `${n}`, answer, answer.length, Date.now(), Date.now());
	})();
}
