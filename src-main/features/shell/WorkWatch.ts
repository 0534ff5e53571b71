import { isJobOver } from '#contract/isJobOver.ts';
import type { JobRunner, OwnedJob } from '../../platform/jobs/JobRunner.ts';

/** Follows all jobs for the machine: how much runs, for the taskbar and for keeping it awake, and what has come to its end. */
export class WorkWatch {
	readonly #jobs: Pick<JobRunner, 'work' | 'onChange'>;
	readonly #active = new Set<string>();
	readonly #changed = new Set<() => void>();
	readonly #ended = new Set<(job: OwnedJob) => void>();
	readonly #stop: () => void;

	constructor(jobs: Pick<JobRunner, 'work' | 'onChange'>) {
		this.#jobs = jobs;
		this.#stop = jobs.onChange((job) => this.#take(job));
	}

	/** How many jobs run now, whoever's they are, and how far they are together, 0..1; null where that is not known. */
	now(): { running: number; fraction: number | null } {
		return this.#jobs.work();
	}

	/** Calls `listener` after each change, ten times a second at most for each job. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#changed.add(listener);
		return () => this.#changed.delete(listener);
	}

	/** Calls `listener` with each job that ran in this start of the app and is done or failed; not with one that a person ended. */
	onEnd(listener: (job: OwnedJob) => void): () => void {
		this.#ended.add(listener);
		return () => this.#ended.delete(listener);
	}

	close(): void {
		this.#stop();
	}

	#take(job: OwnedJob): void {
		if (job.state === 'running') this.#active.add(job.id);
		else if (job.state !== 'queued' && this.#active.delete(job.id) && isJobOver(job.state) && job.state !== 'cancelled')
			for (const listener of this.#ended) listener(job);
		for (const listener of this.#changed) listener();
	}
}
