/** How many answers are being written, and how many wait for their first word; with the most of each since that was last asked. */
export class AnswersUnderWay {
	running = 0;
	waiting = 0;
	#most = { running: 0, waiting: 0 };

	/** One was asked for; call `speaks` with its first word, and `ends` once. */
	begin(): { speaks(): void; ends(): void } {
		this.#change(0, 1);
		let state: 'waiting' | 'running' | 'ended' = 'waiting';
		return {
			speaks: () => {
				if (state !== 'waiting') return;
				state = 'running';
				this.#change(1, -1);
			},
			ends: () => {
				if (state === 'waiting') this.#change(0, -1);
				else if (state === 'running') this.#change(-1, 0);
				state = 'ended';
			},
		};
	}

	/** The most at once since this was asked the last time. */
	takeMost(): { running: number; waiting: number } {
		const most = this.#most;
		this.#most = { running: this.running, waiting: this.waiting };
		return most;
	}

	#change(running: number, waiting: number): void {
		this.running += running;
		this.waiting += waiting;
		this.#most = { running: Math.max(this.#most.running, this.running), waiting: Math.max(this.#most.waiting, this.waiting) };
	}
}
