import type { Failure, FailureRecord } from '#contract/errors.ts';
import type { Tx } from '../database/openDatabase.ts';

/** One kind of slow work and how to do it. */
export interface JobKind {
	/** The feature's word, such as `grading`. */
	kind: string;
	/** How many jobs of this kind run at a time, at least 1; a function is asked whenever one could start. */
	concurrency: number | (() => number);
	/**
	 * Does one job, from where it stands: `pendingItems()`, or `checkpoint` for work without items.
	 *
	 * It must settle every pending item before it resolves, unless `signal` aborts: then it should end soon, in whichever way.
	 * A failure it throws (contract/errors.ts) becomes the job's; anything else thrown is a bug and is logged whole. `JobPaused`
	 * pauses the job by itself, for a cause that a person must do something about before it can go on.
	 */
	run(run: JobRun): Promise<void>;
	/**
	 * Called when a job has ended for good (completed, failed or cancelled) and was not retried yet, in the transaction that says so: what
	 * it writes is there with the end or not at all. For one that is cancelled while it runs, that is when its run has come to its end.
	 */
	ended?(job: { id: string; ownerId: string }, tx: Tx): void;
	/**
	 * Called when a person takes a job up again (resume or retry), in the transaction that queues it: what it throws refuses that.
	 * `subjectIds` are those of the items that are left, `failure` is why it had stopped, where it had one.
	 */
	resumed?(job: { id: string; ownerId: string; spec: unknown; subjectIds: string[]; failure: FailureRecord | null }, tx: Tx): void;
	/**
	 * Called when a job has come to rest until a person takes it up again, in the transaction that says so: paused, or given up as the app starts. For one that
	 * is paused while it runs, that is when its run has come to its end.
	 */
	rested?(job: { id: string; ownerId: string }, tx: Tx): void;
	/** What people call an item, asked when they are told that it failed; null where it has no name (any more). */
	nameItem?(spec: unknown, subjectId: string, ownerId: string): string | null;
}

/** One of a job's many like things. */
export interface JobItem {
	position: number;
	/** The row of the feature that this item is about. */
	subjectId: string;
}

/** A job while it runs, as its kind sees it. Using it after `run` has ended throws. */
export interface JobRun {
	readonly id: string;
	readonly ownerId: string;
	/** As it was enqueued; the kind parses it. */
	readonly spec: unknown;
	/** As last saved, or null; the kind parses it. */
	readonly checkpoint: unknown;
	/** Aborted by pause, cancel and the app's end. */
	readonly signal: AbortSignal;
	/** Which of these it was, for a kind that must know what is wanted of what it has; null while it may go on. A pause can become a cancel. */
	readonly stopped: 'pause' | 'cancel' | 'close' | null;
	/** The items not settled yet, in the order of their position. */
	pendingItems(): JobItem[];
	/**
	 * Settles an item as done. What `apply` writes is committed in the same transaction: either both are there after a crash or neither.
	 *
	 * Possible also while the job is being paused, so that finished work is kept; after a cancel it throws the signal's reason.
	 */
	completeItem(position: number, apply?: (tx: Tx) => void): void;
	/** Settles an item as failed, to be done again by a retry; the job goes on. `failed`: how many of the things in it did; left out: all. */
	failItem(position: number, failure: FailureRecord, apply?: (tx: Tx) => void, failed?: number): void;
	/**
	 * Leaves an item pending of which `more` things were done, in one transaction with what `apply` writes: also after a cancel, since what was used for it is
	 * to be written down.
	 */
	leaveItem(position: number, more: number, apply: (tx: Tx) => void): void;
	/** Saves where work without items stands, in one transaction with what `apply` writes. */
	saveCheckpoint(value: unknown, apply?: (tx: Tx) => void): void;
	/** Tells watchers what is being done and how far it is, 0..1 (its items tell that where nothing else does). As often as you like: the latest wins. */
	progress(progress: { detail?: string; fraction?: number }): void;
}

/** Thrown by a kind: the job cannot go on until a person has done something about `reason`; what is done is kept, and `resume` goes on. */
export class JobPaused extends Error {
	override name = 'JobPaused';
	readonly reason: Failure;

	constructor(reason: Failure) {
		super(reason.message, { cause: reason });
		this.reason = reason;
	}
}
