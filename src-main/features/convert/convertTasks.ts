import type { ConvertSource } from '#contract/convert.ts';
import type { Mended } from '#contract/convertMend.ts';
import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import type { ConvertReport, SchemaProblem, ValueDifference } from '#contract/convertReport.ts';
import { type ErrorCode, type ErrorData, failure } from '#contract/errors.ts';
import { TaskThreads } from '../../platform/process/TaskThreads.ts';
import type { Broken, BrokenPart } from './mend/brokenPart.ts';
import type { PutRepair } from './mend/putRepair.ts';

/** What a thread is to do with sources. */
export type ConvertTask =
	| ({ kind: 'text' } & TextTask)
	| ({ kind: 'file' } & FileTask)
	| { kind: 'detect'; bytes: Uint8Array; fileName: string; encoding: string | undefined }
	| { kind: 'validate'; source: ConvertSource; schema: string | null }
	| { kind: 'back'; edited: Uint8Array; sidecar: Uint8Array }
	| { kind: 'mend'; content: string; from: FormatName; delimiter: string | null }
	| { kind: 'broken'; content: string; from: FormatName }
	| { kind: 'putRepair'; content: string; from: FormatName; part: BrokenPart; reply: string }
	| { kind: 'diff'; left: ConvertSource; right: ConvertSource };

export interface TextTask {
	content: string | Uint8Array;
	order: ConvertOrder;
	/** What the file is called that it comes from, by which its format may be told; empty: it comes from none. */
	name?: string;
}

export interface FileTask {
	/** The paths of the source, and of the file that the result is written into. */
	source: string;
	part: string;
	/** Where a sidecar is written, if one is asked for and can be made. */
	sidecarPart: string;
	/** What the source is called, by which its format may be told. */
	name: string;
	order: ConvertOrder;
	/** Of a source that cannot be converted record by record. */
	mostBytes: number;
}

export interface ConvertedText {
	report: ConvertReport;
	bytes: Uint8Array;
	isText: boolean;
	sidecar: Uint8Array | null;
}

export interface ConvertedFile {
	report: ConvertReport;
	resultBytes: number;
	/** Null: none was made. */
	sidecarBytes: number | null;
}

/** The source of a conversion again. */
export interface ConvertedBack {
	bytes: Uint8Array;
	format: FormatName;
}

export interface Detected {
	format: FormatName | null;
	encoding: string;
	/** Null where it is no text. */
	content: string | null;
}

export interface Validated {
	schema: string;
	problems: SchemaProblem[];
	total: number;
}

export interface Compared {
	differences: ValueDifference[];
	total: number;
}

/** What each kind of task is answered with. */
export interface ConvertAnswers {
	text: ConvertedText;
	file: ConvertedFile;
	detect: Detected;
	validate: Validated;
	diff: Compared;
	mend: Mended;
	broken: Broken;
	putRepair: PutRepair;
	back: ConvertedBack;
}

/** An expected failure as it comes from a thread: as plain data. */
export interface Refusal {
	refused: { code: ErrorCode; data: ErrorData<ErrorCode> };
}

type Answer<Kind extends ConvertTask['kind'] = ConvertTask['kind']> = { done: ConvertAnswers[Kind] } | Refusal;
export type ConvertReply = { [Kind in ConvertTask['kind']]: Answer<Kind> }[ConvertTask['kind']];

type Options = { signal?: AbortSignal | undefined; onProgress?: (fraction: number) => void };

/** What is done while somebody waits for it may take so long. */
const liveMs = 10_000;
/** A broken source is read several times over. */
const repairMs = 60_000;
/** What a program sends is small enough for a minute or two where it is slow: what takes longer was made to. */
const heldMs = 5 * 60_000;
/** Values of one thread; a source of 64 MiB needs about as much. */
const memoryMib = 3_072;

/**
 * Converts in threads of their own (convertWorker.ts), so that a hostile source stops neither the app nor another one's: what is typed is done by
 * two threads, each within 10 seconds, what a job or a program asks for by two others: a job however long it takes, a program within 5 minutes.
 */
export class ConvertThreads {
	readonly #live: TaskThreads<ConvertTask, ConvertReply, number>;
	readonly #jobs: TaskThreads<ConvertTask, ConvertReply, number>;

	readonly #typedMs: number;

	/** @param typedMs how long what is typed may take */
	constructor(workerFile: string, typedMs = liveMs) {
		this.#typedMs = typedMs;
		this.#live = new TaskThreads({ file: workerFile, most: 2, memoryMib });
		this.#jobs = new TaskThreads({ file: workerFile, most: 2, memoryMib });
	}

	/** Does what somebody waits for. Throws the task's failures, ThreadEnded, and the reason of `signal`. */
	async ask<Task extends ConvertTask>(task: Task, signal?: AbortSignal): Promise<ConvertAnswers[Task['kind']]> {
		return answerOf<Task['kind']>(
			await this.#live.run(task, { signal, withinMs: task.kind === 'broken' || task.kind === 'putRepair' ? repairMs : this.#typedMs }),
		);
	}

	/** Converts a file that is held and that nobody types. Throws as `ask` does. */
	async convertHeld(task: TextTask, signal?: AbortSignal): Promise<ConvertedText> {
		return answerOf<'text'>(await this.#jobs.run({ kind: 'text', ...task }, { signal, withinMs: heldMs }));
	}

	/** Converts a file into another one. Throws as `ask` does, but for the time. */
	async convertFile(task: FileTask, options: Options): Promise<ConvertedFile> {
		return answerOf<'file'>(await this.#jobs.run({ kind: 'file', ...task }, options));
	}

	async close(): Promise<void> {
		await Promise.all([this.#live.close(), this.#jobs.close()]);
	}
}

function answerOf<Kind extends ConvertTask['kind']>(reply: ConvertReply): ConvertAnswers[Kind] {
	if ('refused' in reply) throw failure(reply.refused.code, reply.refused.data);
	// A thread answers a task with what its kind is answered with.
	return reply.done as ConvertAnswers[Kind];
}
