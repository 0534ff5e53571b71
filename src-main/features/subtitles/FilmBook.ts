import { randomUUID } from 'node:crypto';
import { and, eq, ne, type SQL } from 'drizzle-orm';
import type { FailureRecord } from '#contract/errors.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { Db, Store, Tx } from '../../platform/database/openDatabase.ts';
import type { JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Allotment, Ledger } from '../ledger/ledger.ts';
import type { CueActs, CueWrite } from './CueActs.ts';
import { stateOf } from './cueState.ts';
import type { FilmSpec } from './filmSpec.ts';
import type { Glossaries } from './Glossaries.ts';
import { type CueRow, ofChosenCues, type ProjectRow, readCueRows } from './projectRows.ts';
import type { proposeTerms } from './proposeTerms.ts';
import { cue } from './schema.ts';
import type { CueResult } from './translateBatch.ts';

/** What came of one cue, and where its translation is from. */
export type CueOutcome = CueResult & { origin: 'model' | 'memory' };

interface Tools {
	db: Db;
	ledger: Ledger;
	acts: CueActs;
	glossaries: Glossaries;
	changed(projectId: string, cueIds: readonly string[]): void;
}

/**
 * Where a job that works on a film writes down what comes of its batches: each with what it cost and with its item, in one transaction, so that after
 * a crash neither is there without the other. What it gives back is what was charged.
 */
export class FilmBook {
	readonly #tools: Tools;
	readonly #run: JobRun;
	readonly #of: { project: ProjectRow; pass: FilmSpec['pass']; holdId: string };

	/** `of`: the film as it was when the job was queued, what is done with it, and the hold that pays. */
	constructor(tools: Tools, run: JobRun, of: { project: ProjectRow; pass: FilmSpec['pass']; holdId: string }) {
		this.#tools = tools;
		this.#run = run;
		this.#of = of;
	}

	/** Says of cues that they are being translated. */
	begin(rows: readonly CueRow[]): void {
		this.#setStatus(this.#tools.db, rows, { status: 'running', failure: null });
		this.#tell(rows);
	}

	/** Stores the terms that were found in a batch; null for `glossaryId` where the film has no glossary any more. */
	keepTerms(position: number, glossaryId: string | null, terms: Awaited<ReturnType<typeof proposeTerms>>, allotment: Allotment): number {
		let charged = 0;
		this.#run.completeItem(position, (tx) => {
			charged = this.#charge(String(position), allotment, tx);
			if (glossaryId !== null && terms.length > 0) this.#tools.glossaries.propose(tx, this.#run.ownerId, glossaryId, terms);
		});
		this.#tell([]);
		return charged;
	}

	/** Stores what came of a batch with what it cost, and tells that; null for `outcomes` where all of it failed by `record`. */
	complete(position: number, rows: readonly CueRow[], outcomes: Map<string, CueOutcome> | null, allotment: Allotment, record?: FailureRecord): number {
		let charged = 0;
		const apply = (tx: Tx) => {
			charged = this.#charge(String(position), allotment, tx);
			if (this.#of.pass === 'translate') this.#store(tx, rows, outcomes, record ?? null);
		};
		const failures = record
			? rows.map(() => record)
			: [...(outcomes?.values() ?? [])].flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failure] : []));
		const failed = record ?? failures[0];
		if (failed) this.#run.failItem(position, failed, apply, failures.length);
		else this.#run.completeItem(position, apply);
		this.#tell(rows);
		return charged;
	}

	#store(tx: Tx, rows: readonly CueRow[], outcomes: Map<string, CueOutcome> | null, record: FailureRecord | null): void {
		const now = new Map(
			readCueRows(
				tx,
				this.#run.ownerId,
				this.#of.project.id,
				rows.map(({ id }) => id),
			).map((row) => [row.id, row]),
		);
		const writes: CueWrite[] = [];
		for (const before of rows) {
			const row = now.get(before.id);
			const outcome = outcomes?.get(before.id);
			// What was changed while the model was asked is a person's.
			if (!row || row.revision !== before.revision || row.isApproved) continue;
			if (outcome?.kind === 'translated') {
				const { target, tagFaults, isTooLong: isLong, confidence, origin } = outcome;
				writes.push({ row, after: { ...stateOf(row), target, origin, tagFaults, isTooLong: isLong, confidence } });
				this.#setStatus(tx, [row], { status: 'translated', failure: null });
			} else this.#setStatus(tx, [row], { status: 'failed', failure: outcome?.failure ?? record });
		}
		this.#tools.acts.writeRun(tx, this.#of.project, this.#run.id, writes);
	}

	#charge(chargeId: string, { used }: Pick<Allotment, 'used'>, tx: Tx): number {
		return this.#tools.ledger.charge(this.#of.holdId, chargeId, used, tx);
	}

	/** Leaves a batch to be done later but for what of it is `kept`, and tells what was used for it and what that cost. */
	putBack(position: number, rows: readonly CueRow[], kept: Map<string, CueOutcome>, allotment: Allotment): number {
		let charged = 0;
		// After a cancel no more of it is wanted.
		const done = this.#run.stopped === 'cancel' ? [] : rows.filter(({ id }) => kept.has(id));
		const apply = (tx: Tx) => {
			this.#store(tx, done, kept, null);
			if (this.#of.pass === 'translate') this.#setStatus(tx, rows, { status: 'waiting' }, eq(cue.status, 'running'));
			// It can be put back more than once.
			charged = this.#charge(`${position}/${randomUUID()}`, { used: { ...allotment.used, isPart: true } }, tx);
		};
		this.#run.leaveItem(position, done.length, apply);
		this.#tell(rows);
		return charged;
	}

	#setStatus(store: Store, rows: readonly CueRow[], set: { status: SubtitleCue['status']; failure?: FailureRecord | null }, condition?: SQL): void {
		if (rows.length === 0) return;
		const chosen = ofChosenCues(
			this.#run.ownerId,
			this.#of.project.id,
			rows.map(({ id }) => id),
		);
		store
			.update(cue)
			.set(set)
			.where(and(chosen, ne(cue.isApproved, true), condition))
			.run();
	}

	#tell(rows: readonly CueRow[]): void {
		this.#tools.changed(
			this.#of.project.id,
			rows.map(({ id }) => id),
		);
	}
}
