import type { Download } from '#contract/market.ts';

/** What a running download does now. */
export type Figures = Pick<Download, 'phase' | 'waiting' | 'bytesDone' | 'bytesPerSecond'>;

/** What the running downloads tell of themselves, several times a second, by the id of their job; kept in memory alone. */
export class LiveFigures {
	readonly #byJob = new Map<string, Figures>();
	readonly #listeners = new Set<() => void>();

	get(jobId: string): Figures | null {
		return this.#byJob.get(jobId) ?? null;
	}

	tell(jobId: string, figures: Figures): void {
		this.#byJob.set(jobId, figures);
		this.#changed();
	}

	/** To be called when a run ends. */
	end(jobId: string): void {
		this.#byJob.delete(jobId);
		this.#changed();
	}

	/** Calls `listener` at each change. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
