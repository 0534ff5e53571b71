import type { TrainerEvent } from './trainerContract.ts';

type Stage = Extract<TrainerEvent, { type: 'progress' }>['stage'];
const everyMs = 1500;

/** Tells every second or two how far something slow is, so that whoever waits knows that it goes on. */
export class Pulse {
	readonly #say: (event: TrainerEvent) => void;
	readonly #timer: NodeJS.Timeout;
	#stage: Stage = 'loading';
	#fraction = 0;
	#toldAt = performance.now();

	constructor(say: (event: TrainerEvent) => void) {
		this.#say = say;
		this.#timer = setInterval(() => this.beat(), everyMs);
		this.#timer.unref();
	}

	/** From now on this is what is done, and how far, 0..1. */
	at(stage: Stage, fraction: number): void {
		this.#stage = stage;
		this.#fraction = Math.min(1, Math.max(0, fraction));
		this.beat();
	}

	/** To be called from within what leaves timers no time. */
	beat(): void {
		if (performance.now() - this.#toldAt < everyMs) return;
		this.#toldAt = performance.now();
		this.#say({ type: 'progress', stage: this.#stage, fraction: this.#fraction });
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
