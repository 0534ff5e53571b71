import { and, asc, desc, eq, gte, inArray, ne, type SQL } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { CueVersion } from '#contract/subtitleCue.ts';
import type { CueChange } from '#contract/subtitles.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { ownedIn } from '../../platform/database/owned.ts';
import { changedTo, listedOf, reworkedTo, stateOf } from './cueState.ts';
import { markupOf } from './markupOf.ts';
import { type CueRow, ofActs, ofAllCues, type ProjectRow, readAllCueRows, readCueRow, readCueRows, readProject } from './projectRows.ts';
import { replaceInText, type TextReplacement } from './replaceInText.ts';
import { type RetimeAct, type Retiming, retimeProject } from './retimeProject.ts';
import { type CueState, cue, subtitleAct, subtitleChange, subtitleProject } from './schema.ts';
import type { TranslationMemory } from './TranslationMemory.ts';

/** What becomes of one cue. */
export interface CueWrite {
	row: CueRow;
	after: CueState;
	/** It could not be translated, and this changes nothing about that. */
	keepsFailure?: boolean;
}

/**
 * All that changes cues, as acts: each is one transaction, keeps what was before and after, and can be undone and redone without end.
 *
 * What was undone when another act comes is left behind: it cannot be redone, and stays among the versions of its cues. All that a run of a model
 * writes is one act, at the place where it began; a person may act while it goes on, and both can be undone.
 */
export class CueActs {
	readonly #db: Db;
	readonly #memory: TranslationMemory;
	readonly #now: () => number;

	constructor(options: { db: Db; memory: TranslationMemory; now: () => number }) {
		this.#db = options.db;
		this.#memory = options.memory;
		this.#now = options.now;
	}

	/** Changes cues as one act and tells which are other now. Throws NOT_FOUND, and INVALID_INPUT for one that would end before it begins. */
	edit(ownerId: string, projectId: string, changes: readonly CueChange[], continues = false): string[] {
		return immediate(this.#db, (tx) => {
			const project = readProject(tx, ownerId, projectId);
			const ids = changes.map(({ cueId }) => cueId);
			const rows = new Map(readCueRows(tx, ownerId, projectId, ids).map((row) => [row.id, row]));
			const writes = changes.map((change): CueWrite => {
				const row = rows.get(change.cueId);
				if (!row) throw failure('NOT_FOUND', { what: 'cue' });
				const after = changedTo(project, row, change);
				if (after.endMs < after.startMs && (change.startMs !== undefined || change.endMs !== undefined))
					throw failure('INVALID_INPUT', { issues: [{ path: 'changes', message: 'A cue cannot end before it begins.' }] });
				return { row, after };
			});
			return this.write(tx, project, writes, continues);
		});
	}

	/** Replaces in the targets of a project, as one act. */
	replace(ownerId: string, projectId: string, { withApproved, ...order }: TextReplacement & { withApproved: boolean }): string[] {
		return immediate(this.#db, (tx) => {
			const project = readProject(tx, ownerId, projectId);
			const markup = markupOf(project.format);
			const writes = readCueRows(tx, ownerId, projectId).flatMap((row): CueWrite[] => {
				if (row.target === null || (row.isApproved && !withApproved)) return [];
				const target = replaceInText(markup, row.target, order);
				return target === row.target ? [] : [{ row, after: reworkedTo(project, row, { target, isApproved: row.isApproved }), keepsFailure: true }];
			});
			return this.write(tx, project, writes);
		});
	}

	/** Changes the times of cues, or splits or merges some, as one act (retimeProject.ts). */
	retime(ownerId: string, projectId: string, order: RetimeAct, chosen: ReadonlySet<string> | null): { ids: string[]; match: Retiming['match'] } {
		return immediate(this.#db, (tx) => {
			const project = readProject(tx, ownerId, projectId);
			const { made, writes, match } = retimeProject(project, readAllCueRows(tx, ownerId, projectId), order, chosen);
			for (const row of made) tx.insert(cue).values(row).run();
			return { ids: this.write(tx, project, writes), match };
		});
	}

	/** Takes back the last act; tells which cues are other now, none where there is no act. */
	undo(ownerId: string, projectId: string): string[] {
		return this.#turn(ownerId, projectId, 'done', 'undone');
	}

	redo(ownerId: string, projectId: string): string[] {
		return this.#turn(ownerId, projectId, 'undone', 'done');
	}

	/** Whether there is something to undo and to redo. */
	canTurn(ownerId: string, projectId: string): { canUndo: boolean; canRedo: boolean } {
		const has = (state: 'done' | 'undone') => findAct(this.#db, ownerId, projectId, state) !== undefined;
		return { canUndo: has('done'), canRedo: has('undone') };
	}

	/** All that a cue ever was, newest first. */
	versions(ownerId: string, projectId: string, cueId: string): CueVersion[] {
		const row = readCueRow(this.#db, ownerId, projectId, cueId);
		const changes = this.#db
			.select({ before: subtitleChange.before, after: subtitleChange.after, at: subtitleAct.at, by: subtitleAct.by })
			.from(subtitleChange)
			.innerJoin(subtitleAct, eq(subtitleAct.id, subtitleChange.actId))
			.where(ofChanges(ownerId, projectId, ownedIn(subtitleAct.projectId, subtitleProject, ownerId, projectId), eq(subtitleChange.cueId, row.id)))
			.orderBy(asc(subtitleChange.id))
			.all();
		const project = readProject(this.#db, ownerId, projectId);
		const versionOf = (state: CueState, at: number, by: CueVersion['by']): CueVersion => {
			const { target, startMs, endMs, isApproved } = state;
			return { at, by, target, startMs, endMs, isApproved };
		};
		return [
			versionOf(changes[0]?.before ?? stateOf(row), project.createdAt, 'file'),
			...changes.map(({ after, at, by }) => versionOf(after, at, by)),
		].reverse();
	}

	/**
	 * Writes cues as one act of a person, in the caller's transaction; those to which nothing happens are left out. Tells which are other now.
	 *
	 * @param continues makes it a part of the act before, where that was about these very cues and nothing was undone since.
	 */
	write(tx: Tx, project: ProjectRow, all: readonly CueWrite[], continues = false): string[] {
		const { ownerId, id: projectId } = project;
		const writes = all.filter(isChange);
		if (writes.length === 0) return [];
		const ids = idsOf(writes);
		const known = continues ? this.#actOf(tx, ownerId, projectId, ids) : null;
		// What a person does now takes the place of what could be redone.
		if (known === null) this.#leaveUndone(tx, project);
		const actId = known ?? this.#addAct(tx, project, { by: 'person' });
		if (known === null) this.#addChanges(tx, project, actId, writes);
		for (const { row, after, keepsFailure } of writes) {
			this.#settle(tx, project, row, after, keepsFailure);
			if (known !== null)
				tx.update(subtitleChange)
					.set({ after })
					.where(ofChanges(ownerId, projectId, eq(subtitleChange.actId, actId), eq(subtitleChange.cueId, row.id)))
					.run();
		}
		return ids;
	}

	/**
	 * Writes cues that a job had translated, in the caller's transaction, as a part of the act that its other batches are: so the run is undone at
	 * once. Another act is begun where that one was undone, or where a later act is about one of these cues, so that each is undone to what it found.
	 */
	writeRun(tx: Tx, project: ProjectRow, jobId: string, all: readonly CueWrite[]): void {
		const { ownerId, id: projectId } = project;
		const writes = all.filter(isChange);
		if (writes.length === 0) return;
		const ids = idsOf(writes);
		if (this.#isTouched(tx, project, ids, eq(subtitleAct.state, 'undone'))) this.#leaveUndone(tx, project);
		const run = findAct(tx, ownerId, projectId, 'done', eq(subtitleAct.jobId, jobId));
		const isLast = run !== undefined && !this.#isTouched(tx, project, ids, and(gte(subtitleAct.id, run.id), ne(subtitleAct.state, 'left')));
		this.#addChanges(tx, project, isLast ? run.id : this.#addAct(tx, project, { by: 'model', jobId }), writes);
		for (const { row, after, keepsFailure } of writes) this.#settle(tx, project, row, after, keepsFailure);
	}

	#leaveUndone(tx: Tx, { id: projectId, ownerId }: ProjectRow): void {
		tx.update(subtitleAct)
			.set({ state: 'left' })
			.where(ofActs(ownerId, projectId, eq(subtitleAct.state, 'undone')))
			.run();
	}

	/** Whether one of these cues was changed by an act that meets a condition. */
	#isTouched(tx: Tx, { id: projectId, ownerId }: ProjectRow, ids: readonly string[], condition: SQL | undefined): boolean {
		const acts = tx
			.select({ id: subtitleAct.id })
			.from(subtitleAct)
			.where(ofActs(ownerId, projectId, condition));
		const found = tx
			.select({ id: subtitleChange.id })
			.from(subtitleChange)
			.where(ofChanges(ownerId, projectId, inArray(subtitleChange.cueId, [...ids]), inArray(subtitleChange.actId, acts)))
			.limit(1)
			.get();
		return found !== undefined;
	}

	#addAct(tx: Tx, { id: projectId }: ProjectRow, author: { by: 'person' } | { by: 'model'; jobId: string }): number {
		return tx
			.insert(subtitleAct)
			.values({ projectId, at: this.#now(), ...author })
			.returning({ id: subtitleAct.id })
			.get().id;
	}

	#addChanges(tx: Tx, { id: projectId }: ProjectRow, actId: number, writes: readonly CueWrite[]): void {
		for (const { row, after } of writes)
			tx.insert(subtitleChange)
				.values({ projectId, actId, cueId: row.id, before: after.listed ? { ...stateOf(row), listed: listedOf(row) } : stateOf(row), after })
				.run();
	}

	/** The last act, where it is a person's about these very cues and nothing was undone since. */
	#actOf(tx: Tx, ownerId: string, projectId: string, ids: readonly string[]): number | null {
		const last = findAct(tx, ownerId, projectId, 'done');
		if (last?.by !== 'person' || findAct(tx, ownerId, projectId, 'undone')) return null;
		const touched = readChanges(tx, ownerId, projectId, last.id).map(({ cueId }) => cueId);
		return touched.length === ids.length && ids.every((id) => touched.includes(id)) ? last.id : null;
	}

	#turn(ownerId: string, projectId: string, from: 'done' | 'undone', to: 'done' | 'undone'): string[] {
		return immediate(this.#db, (tx) => {
			const project = readProject(tx, ownerId, projectId);
			const act = findAct(tx, ownerId, projectId, from);
			if (!act) return [];
			const changes = readChanges(tx, ownerId, projectId, act.id);
			const ids = changes.map(({ cueId }) => cueId);
			const rows = new Map(readAllCueRows(tx, ownerId, projectId, ids).map((row) => [row.id, row]));
			for (const { cueId, before, after } of changes) {
				const row = rows.get(cueId);
				// What failed before an act, and was not mended by it, is so still.
				if (row) this.#settle(tx, project, row, to === 'done' ? after : before, to === 'undone' || undefined);
			}
			tx.update(subtitleAct)
				.set({ state: to })
				.where(ofActs(ownerId, projectId, eq(subtitleAct.id, act.id)))
				.run();
			return ids;
		});
	}

	#settle(tx: Tx, project: ProjectRow, row: CueRow, { listed, ...state }: CueState, keepsFailure = state.target === row.target): void {
		const { ownerId, id: projectId } = project;
		const known = keepsFailure && !state.isApproved ? row.failure : null;
		const failure = listed?.failure === undefined ? known : listed.failure;
		const status = failure !== null ? ('failed' as const) : state.target === null ? ('waiting' as const) : ('translated' as const);
		tx.update(cue)
			.set({ ...state, ...listed, status, failure, revision: row.revision + 1 })
			.where(ofAllCues(ownerId, projectId, eq(cue.id, row.id)))
			.run();
		this.#memory.follow(tx, project, { ...row, ...listed }, state);
	}
}

function isChange({ row, after }: CueWrite): boolean {
	return JSON.stringify(stateOf(row)) !== JSON.stringify(after);
}

function idsOf(writes: readonly CueWrite[]): string[] {
	return writes.map(({ row }) => row.id);
}

function ofChanges(ownerId: string, projectId: string, ...conditions: SQL[]): SQL {
	return ownedIn(subtitleChange.projectId, subtitleProject, ownerId, projectId, ...conditions);
}

/** The act that is undone next, or with `undone` redone next. */
function findAct(store: Store, ownerId: string, projectId: string, state: 'done' | 'undone', condition?: SQL): { id: number; by: string } | undefined {
	return store
		.select({ id: subtitleAct.id, by: subtitleAct.by })
		.from(subtitleAct)
		.where(ofActs(ownerId, projectId, eq(subtitleAct.state, state), condition))
		.orderBy(state === 'done' ? desc(subtitleAct.id) : asc(subtitleAct.id))
		.limit(1)
		.get();
}

function readChanges(store: Store, ownerId: string, projectId: string, actId: number) {
	return store
		.select()
		.from(subtitleChange)
		.where(ofChanges(ownerId, projectId, eq(subtitleChange.actId, actId)))
		.all();
}
