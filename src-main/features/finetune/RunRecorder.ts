import { gt, type SQL } from 'drizzle-orm';
import type { RunLine, RunPoint } from '#contract/finetune.ts';
import type { Tx } from '../../platform/database/openDatabase.ts';
import { ownedIn } from '../../platform/database/owned.ts';
import type { JobRun } from '../../platform/jobs/JobRunner.ts';
import { ofRun, type RunRow } from './runRows.ts';
import { finetuneRun, runPoint } from './schema.ts';
import { writeLines } from './writeLines.ts';

/** What is told is written together, this many milliseconds apart at least. */
const everyMs = 250;

type PointFields = Partial<Omit<RunPoint, 'step' | 'at'>>;
type RunFields = Partial<Pick<RunRow, 'stage' | 'step' | 'totalSteps' | 'outcome' | 'adapterId' | 'settings' | 'endedAt'>>;

/**
 * Writes down what happens in a run while its job works: points, lines and how far it is, a few times a second in one transaction each.
 *
 * The value that is kept with the job (its checkpoint) goes with them. Nothing is written any more once the job has ended for the runner.
 */
export class RunRecorder<Kept> {
	readonly #run: JobRun;
	readonly #runId: string;
	readonly #now: () => number;
	readonly #changed: () => void;
	/** What the job keeps; written with the next flush. */
	kept: Kept;
	#points = new Map<number, PointFields>();
	#lines: Omit<RunLine, 'seq'>[] = [];
	#fields: RunFields = {};
	#dropAfter: number | null = null;
	#timer: NodeJS.Timeout | null = null;
	#flushedAt = 0;

	constructor(options: { run: JobRun; runId: string; kept: Kept; now: () => number; changed: () => void }) {
		this.#run = options.run;
		this.#runId = options.runId;
		this.kept = options.kept;
		this.#now = options.now;
		this.#changed = options.changed;
	}

	/** Adds what was measured at a step to what is known of it. */
	point(step: number, fields: PointFields): void {
		this.#points.set(step, { ...this.#points.get(step), ...fields });
		this.#soon();
	}

	line(code: RunLine['code'], data: RunLine['data'] = {}): void {
		this.#lines.push({ at: this.#now(), code, data });
		this.#soon();
	}

	set(fields: RunFields): void {
		this.#fields = { ...this.#fields, ...fields };
		this.#soon();
	}

	/** Forgets the points of steps that will be taken once more. */
	goBackTo(step: number): void {
		for (const known of [...this.#points.keys()]) if (known > step) this.#points.delete(known);
		this.#dropAfter = step;
	}

	/** Writes all that waits, and what `apply` does in the same transaction. Throws where the job may write nothing any more. */
	flush(apply?: (tx: Tx) => void): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		this.#flushedAt = this.#now();
		this.#run.saveCheckpoint(this.kept, (tx) => {
			if (this.#dropAfter !== null)
				tx.delete(runPoint)
					.where(this.#ofPoints(gt(runPoint.step, this.#dropAfter)))
					.run();
			for (const [step, fields] of this.#points) this.#writePoint(tx, step, fields);
			writeLines(tx, this.#run.ownerId, this.#runId, this.#lines);
			if (Object.keys(this.#fields).length > 0) tx.update(finetuneRun).set(this.#fields).where(ofRun(this.#run.ownerId, this.#runId)).run();
			apply?.(tx);
		});
		this.#dropAfter = null;
		this.#points = new Map();
		this.#lines = [];
		this.#fields = {};
		this.#changed();
	}

	/** Lets go of what waits. */
	close(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
	}

	#soon(): void {
		if (this.#timer) return;
		const waitMs = Math.max(0, this.#flushedAt + everyMs - this.#now());
		this.#timer = setTimeout(() => this.#flushLate(), waitMs);
	}

	#flushLate(): void {
		try {
			this.flush();
		} catch {
			// The job was ended meanwhile; its own next write meets the same and says so.
			this.close();
		}
	}

	#writePoint(tx: Tx, step: number, fields: PointFields): void {
		const at = this.#now();
		tx.insert(runPoint)
			.values({ runId: this.#runId, step, at, ...fields })
			.onConflictDoUpdate({ target: [runPoint.runId, runPoint.step], set: { ...fields, at } })
			.run();
	}

	#ofPoints(condition: SQL) {
		return ownedIn(runPoint.runId, finetuneRun, this.#run.ownerId, this.#runId, condition);
	}
}
