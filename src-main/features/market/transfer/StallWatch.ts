const ticksPerWindow = 10;

/**
 * Watches one connection and tells once when it brings too little: fewer than `leastBytes` in `stallMs`.
 *
 * Time is counted in ticks that happened, so a thread that was held up by the disk does not take what waits in the socket for silence.
 */
export class StallWatch {
	readonly #timer: NodeJS.Timeout;
	readonly #ticks: number[] = [];
	#bytes = 0;
	#isHeld = false;

	constructor(limits: { stallMs: number; stallBytes: number }, onStall: () => void) {
		this.#timer = setInterval(() => {
			if (this.#isHeld) return;
			this.#ticks.push(this.#bytes);
			this.#bytes = 0;
			if (this.#ticks.length > ticksPerWindow) this.#ticks.shift();
			const came = this.#ticks.reduce((sum, bytes) => sum + bytes, 0);
			if (this.#ticks.length === ticksPerWindow && came < limits.stallBytes) onStall();
		}, limits.stallMs / ticksPerWindow);
	}

	came(bytes: number): void {
		this.#bytes += bytes;
	}

	/** Does not count the time of `work`, in which nothing is read. */
	async hold(work: Promise<void>): Promise<void> {
		this.#isHeld = true;
		await work;
		this.#ticks.length = 0;
		this.#isHeld = false;
	}

	stop(): void {
		clearInterval(this.#timer);
	}
}
