import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';

/** What is counted: answers of models, whoever asked; HTTP requests of other programs. */
export const counted = z.enum(['answers', 'requests']);
export type Counted = z.infer<typeof counted>;
/** What it is told apart by. */
export const countedBy = z.enum(['model', 'account', 'key', 'task', 'code', 'route']);
export type CountedBy = z.infer<typeof countedBy>;
export const monitorSpan = z.enum(['hour', 'day', 'month', 'year']);
export type MonitorSpan = z.infer<typeof monitorSpan>;

const count = z.number().int().nonnegative();
/** Milliseconds that half, 95 and 99 of a hundred did not exceed, each right to 3.2 %. */
const quantiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });
export type Quantiles = z.infer<typeof quantiles>;

const figures = z.object({
	count,
	errors: count,
	/** Of the answers, those that were given before. */
	repeats: count,
	promptTokens: count,
	completionTokens: count,
	/** From its begin to its end. */
	tookMs: quantiles.nullable(),
	/** Until the first word. */
	firstTokenMs: quantiles.nullable(),
	/** Of that, for others to end. */
	waitMs: quantiles.nullable(),
	/** The median. */
	tokensPerSecond: z.number().nullable(),
});
export type MonitorFigures = z.infer<typeof figures>;

const group = figures.extend({
	/** The id of the model, account or key, or the task, code or route; empty: all others. */
	key: z.string(),
	/** What it is called now; null where it is gone, or has no name. */
	name: z.string().nullable(),
});
export type MonitorGroup = z.infer<typeof group>;

const gpu = z.object({
	name: z.string(),
	/** 0..1; null where the system cannot tell. */
	fraction: z.number().nullable(),
	usedBytes: count.nullable(),
	totalBytes: count.nullable(),
});

export const machineGauges = z.object({
	/** Of all processors, 0..1. */
	cpuFraction: z.number(),
	memoryUsedBytes: count,
	memoryTotalBytes: count,
	/** Resident memory of Homeroom's own process, without engines. */
	processBytes: count,
	gpus: z.array(gpu),
	/** Of the disk that the data folder is on. */
	diskFreeBytes: count,
	diskTotalBytes: count,
});
export type MachineGauges = z.infer<typeof machineGauges>;

/** How it is now. */
export const snapshot = z.object({
	at: z.number().int(),
	/** Answers being written, and those of which no word has come yet. */
	running: count,
	waiting: count,
	/** In the last 60 seconds. */
	lastMinute: z.object({ answers: count, requests: count, errors: count }),
	lastHour: figures,
	/** Answers that are kept to be given again. */
	kept: z.object({ answers: count, bytes: count }),
	machine: machineGauges.nullable(),
});
export type Snapshot = z.infer<typeof snapshot>;

/** One minute, quarter, six hours or day of a span. */
const point = figures.extend({ at: z.number().int() });
export type MonitorPoint = z.infer<typeof point>;

const machinePoint = z.object({
	at: z.number().int(),
	cpuFraction: z.number(),
	memoryUsedBytes: z.number(),
	/** Null where no GPU could tell. */
	gpuFraction: z.number().nullable(),
	vramUsedBytes: count.nullable(),
	diskFreeBytes: count,
	runningMost: count,
	waitingMost: count,
});
export type MachinePoint = z.infer<typeof machinePoint>;

export const history = z.object({
	from: z.number().int(),
	until: z.number().int(),
	stepMs: z.number().int(),
	total: figures,
	/** One for each step, those in which nothing came too. */
	points: z.array(point),
	/** Those steps of which there are figures. */
	machine: z.array(machinePoint),
	groups: z.record(countedBy, z.array(group)),
});
export type History = z.infer<typeof history>;

/** Requests of other programs that were refused alike: the last of them, and how many there were. */
export const refusal = z.object({
	at: z.number().int(),
	times: count,
	/** Of the last, by which the log is searched. */
	requestId: z.string(),
	status: z.number().int(),
	/** Of the failure, or the status where it has none. */
	code: z.string(),
	/** Null where no route answers, or none was reached. */
	route: z.string().nullable(),
	/** Null where nobody proved to be anybody, or who it was is gone. */
	accountName: z.string().nullable(),
	keyName: z.string().nullable(),
	/** What the model that was asked for is called, where one was. */
	modelName: z.string().nullable(),
});
export type Refusal = z.infer<typeof refusal>;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export const logLevel = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevel>;

export const logEntry = z.object({
	/** Counts the entries of one search, from 0. */
	id: z.number().int(),
	at: z.number().int().nullable(),
	level: logLevel.nullable(),
	message: z.string(),
	requestId: z.string().nullable(),
	/** All else that it holds, as JSON text. */
	detail: z.string(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const monitor = {
	/** How it is now and every two seconds: the newest alone, where the reader is slower. */
	watch: procedure('admin').output(eventIterator(snapshot)),
	/** What came in the last hour, day, 31 days or year, of all, or with `of` of one model, account, key, task or route. */
	history: procedure('admin')
		.input(
			z.strictObject({
				counted: counted.default('answers'),
				span: monitorSpan,
				of: z
					.strictObject({ by: countedBy, key: z.string().max(500) })
					.nullable()
					.default(null),
			}),
		)
		.output(history),
	/** What other programs were refused in the last 26 hours, the newest first, since the app was started. */
	refusals: procedure('admin').output(z.array(refusal)),
	/**
	 * Searches the log, the newest first: entries as they are found, at most `limit` in all. `reason` comes with the last: `limit` where there may be
	 * more, `end` where all was read, `time` where that took too long.
	 */
	logs: procedure('admin')
		.input(
			z.strictObject({
				/** The least level. */
				level: logLevel.default('info'),
				/** A text that stands somewhere in the entry, whatever its case. */
				text: z.string().max(200).default(''),
				requestId: z.string().max(100).default(''),
				from: z.number().int().nullable().default(null),
				/** Up to but without this instant. */
				until: z.number().int().nullable().default(null),
				limit: z.number().int().min(1).max(2000).default(500),
			}),
		)
		.output(eventIterator(z.object({ entries: z.array(logEntry), reason: z.enum(['limit', 'end', 'time']).nullable() }))),
};
