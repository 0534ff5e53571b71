import { setTimeout } from 'node:timers/promises';
import type { Deployment, Usage } from '#contract/engine.ts';
import { isFailure } from '#contract/errors.ts';
import type { CountedBy, History, MachineGauges, Refusal, Snapshot } from '#contract/monitor.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { GeneratePiece, GenerateRequest, Models } from '../engine/engine.ts';
import { AnswersUnderWay } from './AnswersUnderWay.ts';
import { FigureStore, resolutions } from './FigureStore.ts';
import { Figures, type Measured } from './Figures.ts';
import { LastMinute } from './LastMinute.ts';
import { MachineSamples } from './MachineSamples.ts';
import { Metrics } from './Metrics.ts';
import { RecentRefusals } from './RecentRefusals.ts';
import { readGauges } from './readGauges.ts';
import { type HistoryOrder, readHistory } from './readHistory.ts';
import { type LogOrder, type LogPage, searchLog } from './searchLog.ts';

/** One HTTP request of another program, once it was answered. */
export interface RequestRecord {
	requestId: string;
	/** The pattern of the route, such as `/v1/chat/completions`, never the address itself; null where none answers. */
	route: string | null;
	status: number;
	/** Of the failure; null where there was none. */
	code: string | null;
	ms: number;
	accountId: string | null;
	keyId: string | null;
	/** What the model that was asked is called, where one was. */
	modelName: string | null;
}

export interface MonitorOptions {
	db: Db;
	log: Logger;
	version: string;
	/** The disk of this folder is the one that is watched. */
	dataFolder: string;
	logFolder: string;
	/** What things are called now; null where they are gone. */
	nameOf: (by: CountedBy, key: string) => string | null;
	deployments: () => Deployment[];
	kept: () => Snapshot['kept'];
	now?: () => number;
	/** Tells how the machine is; a test gives its own. */
	gauges?: (folder: string) => Promise<MachineGauges>;
}

/** What a crash can lose. */
const flushEveryMs = 10_000;
/** How often the machine is asked for the history, and while somebody watches. */
const sampleEveryMs = 60_000;
const watchEveryMs = 2000;
/** As long as minutes are told apart. */
const keptRefusalsMs = resolutions.minute.keepMs;

/**
 * Counts what models answer and what other programs ask, and watches the machine. It keeps no names and nothing that was said.
 *
 * `recordRequest` and what `counting` gives never throw for reasons of their own: what cannot be counted is no reason not to answer.
 */
export class Monitor {
	readonly #options: MonitorOptions;
	readonly #now: () => number;
	readonly #figures: FigureStore;
	readonly #samples: MachineSamples;
	readonly #underWay = new AnswersUnderWay();
	readonly #lastMinute: LastMinute;
	readonly #metrics = new Metrics();
	readonly #refusals = new RecentRefusals();
	readonly #closing = new AbortController();
	readonly #timers: NodeJS.Timeout[];
	/** How the machine is, read by one of those who watch for all. */
	#gauges: { at: number; read: Promise<MachineGauges | null> } | null = null;

	constructor(options: MonitorOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#figures = new FigureStore({ db: options.db, now: this.#now });
		this.#samples = new MachineSamples({ db: options.db, now: this.#now });
		this.#lastMinute = new LastMinute(this.#now);
		this.#timers = [setInterval(() => this.#flush(), flushEveryMs).unref(), setInterval(() => void this.sample(), sampleEveryMs).unref()];
	}

	/** Models whose answers are counted as asked for `task`, such as `chat`. */
	counting(models: Models, task: string): Models {
		return {
			generate: (request, signal) => this.#count(models, task, request, signal),
			embed: (...asked) => models.embed(...asked),
			ensureRunning: (...asked) => models.ensureRunning(...asked),
			countTokens: (...asked) => models.countTokens(...asked),
			mayUse: (...asked) => models.mayUse(...asked),
			usableBy: (...asked) => models.usableBy(...asked),
		};
	}

	/** Counts a request of another program. */
	recordRequest(request: RequestRecord): void {
		const { route: pattern, status, code: failureCode, ms, accountId, keyId, modelName } = request;
		const isError = status >= 400;
		const route = pattern ?? 'none';
		const code = isError ? (failureCode ?? String(status)) : 'ok';
		const measured = { ...unmeasured, isError, tookMs: ms };
		this.#figures.record('requests', { route, code, account: accountId, key: keyId, model: modelName }, measured);
		this.#lastMinute.add('requests');
		if (isError) {
			this.#lastMinute.add('errors');
			this.recordRefusal(request);
		}
		this.#metrics.add('homeroom_http_requests_total', 'HTTP requests answered.', { route, status: String(status), code });
		this.#metrics.observe('homeroom_http_request_duration_seconds', 'From the arrival of an HTTP request to the end of its answer.', { route }, ms / 1000);
	}

	/** Notes a request that was refused, without counting it: for those of which there may be any number. */
	recordRefusal({ requestId, route, status, code, accountId, keyId, modelName }: RequestRecord): void {
		this.#refusals.add({ at: this.#now(), requestId, status, code: code ?? String(status), route, accountId, keyId, modelName });
	}

	/** How it is now and every two seconds; ends when `signal` aborts. The machine is asked only while somebody reads this, for all at once. */
	async *watch(signal?: AbortSignal): AsyncGenerator<Snapshot, void, void> {
		const ended = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
		while (!ended.aborted) {
			yield await this.#snapshot();
			// An abort ends the stream; here it only ends the wait.
			await setTimeout(watchEveryMs, undefined, { signal: ended, ref: false }).catch(() => {});
		}
	}

	history(order: HistoryOrder): History {
		this.#flush();
		return readHistory({ figures: this.#figures, samples: this.#samples, nameOf: this.#options.nameOf }, order, this.#now());
	}

	/** What other programs were refused of late, the newest first; those that were refused alike together. */
	refusals(): Refusal[] {
		const { nameOf } = this.#options;
		return this.#refusals.since(this.#now() - keptRefusalsMs).map(({ accountId, keyId, ...refused }) => ({
			...refused,
			accountName: accountId && nameOf('account', accountId),
			keyName: keyId && nameOf('key', keyId),
		}));
	}

	/** How quickly a model wrote its answers in the last 31 days, in tokens a second: the median. Null where it wrote none. */
	speedOf(modelId: string): number | null {
		const sum = new Figures();
		for (const { figures } of this.#figures.read('day', this.#now() - 31 * resolutions.day.stepMs, { counted: 'answers', by: 'model', key: modelId }))
			sum.merge(figures);
		return sum.summary().tokensPerSecond;
	}

	/** See searchLog.ts. */
	logs(order: LogOrder, signal?: AbortSignal): AsyncGenerator<LogPage, void, void> {
		return searchLog(this.#options.logFolder, order, signal);
	}

	/** All figures since the start of the app, for Prometheus; its content type is `text/plain; version=0.0.4; charset=utf-8`. No people are named. */
	metricsText(): string {
		const { deployments, kept, version } = this.#options;
		const { answers, bytes } = kept();
		const set = (name: string, help: string, value: number) => this.#metrics.set(name, help, {}, value);
		this.#metrics.set('homeroom_build_info', 'The version of Homeroom.', { version }, 1);
		set('homeroom_answers_running', 'Answers being written.', this.#underWay.running);
		set('homeroom_answers_waiting', 'Answers of which no word has come yet.', this.#underWay.waiting);
		set('homeroom_cache_answers', 'Answers kept to be given again.', answers);
		set('homeroom_cache_bytes', 'What the kept answers take.', bytes);
		const loaded = 'homeroom_deployments';
		this.#metrics.forget(loaded);
		const byState = Map.groupBy(deployments(), ({ state }) => state);
		for (const state of ['starting', 'loading', 'running', 'stopping', 'failed'] as const)
			this.#metrics.set(loaded, 'Models in memory or on their way there.', { state }, byState.get(state)?.length ?? 0);
		const { user, system } = process.cpuUsage();
		this.#metrics.set('process_cpu_seconds_total', 'Processor time of the app itself, without engines.', {}, (user + system) / 1e6, 'counter');
		set('process_resident_memory_bytes', 'Memory of the app itself, without engines.', process.memoryUsage.rss());
		set('process_start_time_seconds', 'When the app was started.', Math.round(performance.timeOrigin / 1000));
		return this.#metrics.text();
	}

	/** Notes how the machine is, for the history. Never rejects. */
	async sample(): Promise<void> {
		const gauges = await this.#readGauges();
		if (!gauges || this.#closing.signal.aborted) return;
		this.#try(() => this.#samples.add(gauges, this.#underWay.takeMost()));
	}

	/** Writes down what was counted. Call it once nothing is answered any more, before the database is closed. */
	close(): void {
		this.#closing.abort();
		for (const timer of this.#timers) clearInterval(timer);
		this.#flush();
	}

	async *#count(models: Models, task: string, request: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const from = performance.now();
		const place = this.#underWay.begin();
		let firstAt: number | null = null;
		let usage: Usage | null = null;
		// As it stays where its reader leaves.
		let code = 'aborted';
		try {
			for await (const piece of models.generate(request, signal)) {
				if (firstAt === null && piece.type !== 'end') {
					firstAt = performance.now();
					place.speaks();
				}
				usage = piece.usage;
				if (piece.type === 'end') code = piece.finish === 'stop' || piece.finish === 'length' ? 'ok' : piece.finish;
				yield piece;
			}
		} catch (error) {
			code = isFailure(error) ? error.code : 'INTERNAL';
			throw error;
		} finally {
			place.ends();
			this.#recordAnswer(task, request, { from, firstAt, usage, code });
		}
	}

	#recordAnswer(
		task: string,
		{ modelId, ownerId, keyId = null }: GenerateRequest,
		{ from, firstAt, usage, code }: { from: number; firstAt: number | null; usage: Usage | null; code: string },
	): void {
		const isError = !['ok', 'aborted', 'budget'].includes(code);
		const measured = { ...measure(from, firstAt, usage), isError };
		this.#figures.record('answers', { model: modelId, account: ownerId, key: keyId, task, code }, measured);
		this.#lastMinute.add('answers');
		if (isError) this.#lastMinute.add('errors');
		const model = this.#options.nameOf('model', modelId) ?? 'unknown';
		const { promptTokens, completionTokens, isRepeat, firstTokenMs, tookMs } = measured;
		this.#metrics.add('homeroom_answers_total', 'Answers of models, by what they were asked for and how they ended.', { task, model, code });
		this.#metrics.add('homeroom_prompt_tokens_total', 'Tokens that models took in.', { task, model }, promptTokens);
		this.#metrics.add('homeroom_completion_tokens_total', 'Tokens that models wrote.', { task, model }, completionTokens);
		this.#metrics.add('homeroom_cache_hits_total', 'Answers that were given before.', { task, model }, isRepeat ? 1 : 0);
		this.#metrics.observe('homeroom_answer_duration_seconds', 'From the request to the end of its answer.', { task }, tookMs / 1000);
		if (firstTokenMs !== null)
			this.#metrics.observe('homeroom_time_to_first_token_seconds', 'Until the first word of an answer.', { task }, firstTokenMs / 1000);
	}

	async #snapshot(): Promise<Snapshot> {
		const machine = await this.#readGauges();
		this.#flush();
		const now = this.#now();
		const lastHour = new Figures();
		for (const { figures } of this.#figures.read('minute', now - resolutions.hour.stepMs, { counted: 'answers', by: 'all' })) lastHour.merge(figures);
		const { running, waiting } = this.#underWay;
		const of = (what: string) => this.#lastMinute.of(what);
		return {
			...{ at: now, running, waiting, machine, kept: this.#options.kept() },
			lastMinute: { answers: of('answers'), requests: of('requests'), errors: of('errors') },
			lastHour: lastHour.summary(),
		};
	}

	/** Null where it cannot be told. */
	#readGauges(): Promise<MachineGauges | null> {
		const { gauges = readGauges, dataFolder, log } = this.#options;
		const isFresh = this.#gauges !== null && performance.now() - this.#gauges.at < watchEveryMs / 2;
		if (this.#gauges && isFresh) return this.#gauges.read;
		const read = gauges(dataFolder).catch((error: unknown) => {
			log.debug({ err: error }, 'how the machine is could not be told');
			return null;
		});
		this.#gauges = { at: performance.now(), read };
		return read;
	}

	#flush(): void {
		this.#try(() => this.#figures.flush());
	}

	/** Where the disk refuses it, work goes on; what was counted stays for the next time. */
	#try(work: () => void): void {
		try {
			work();
		} catch (error) {
			this.#options.log.warn({ err: error }, 'what was counted could not be written down');
		}
	}
}

const unmeasured: Measured = {
	...{ isError: false, isRepeat: false, promptTokens: 0, completionTokens: 0, tookMs: 0 },
	...{ firstTokenMs: null, waitMs: null, tokensPerSecond: null },
};

/** What can be told of an answer by when its first word came and what it used. Of one that was given before, nothing was measured. */
function measure(from: number, firstAt: number | null, usage: Usage | null): Measured {
	const tookMs = performance.now() - from;
	if (!usage) return { ...unmeasured, tookMs };
	if (usage.repeat) return { ...unmeasured, tookMs, isRepeat: true };
	const { promptTokens, completionTokens, tokensPerSecond } = usage;
	const firstTokenMs = firstAt === null ? null : firstAt - from;
	// What it waited for in the engine, and before it came there.
	const waitMs = firstTokenMs === null ? null : Math.max(0, firstTokenMs - usage.firstTokenMs) + (usage.waitMs ?? 0);
	return { ...unmeasured, tookMs, promptTokens, completionTokens, firstTokenMs, waitMs, tokensPerSecond: tokensPerSecond > 0 ? tokensPerSecond : null };
}
