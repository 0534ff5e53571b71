import type { Outputs } from '#contract/contract.ts';
import { failure, toFailureRecord } from '#contract/errors.ts';
import type { UpdateState } from '#contract/updates.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { NewVersion, Updater } from '../../platform/update/openUpdater.ts';
import { BackWay } from './BackWay.ts';

type Told = Outputs['updates']['watch'] extends AsyncIterable<infer Value> ? Value : never;

/** The first look is not what a start waits for. */
const firstLookMs = 60_000;
const lookEveryMs = 24 * 60 * 60 * 1000;

/**
 * New versions of Homeroom. Nothing is asked until an administrator agrees or presses a button, and nothing is installed until one says so; before
 * that all work is stopped and the database copied, so that there is a way back.
 */
export class Updates {
	readonly #options: ConstructorParameters<typeof Updates>[0];
	readonly #back: BackWay;
	readonly #listeners = new Set<() => void>();
	#state: UpdateState = { kind: 'idle' };
	#found: NewVersion | null = null;
	#fetched: string | null = null;
	#stop = new AbortController();
	#timer: NodeJS.Timeout | undefined;

	/**
	 * @param options.updater null where this program cannot replace itself.
	 * @param options.isAgreed whether somebody agreed that it looks by itself; asked anew each time.
	 * @param options.stopWork stops jobs and engines; nothing is begun after it.
	 * @param options.copyDatabase copies the whole database, which is open, to a file.
	 * @param options.leave closes everything in order, then does `act`, then ends the program.
	 */
	constructor(options: {
		updater: Updater | null;
		version: string;
		folder: string;
		database: string;
		isAgreed(): boolean;
		stopWork(): Promise<void>;
		copyDatabase(to: string): void;
		leave?: ((act: () => void | Promise<void>) => void) | undefined;
		log: Pick<Logger, 'info' | 'warn'>;
		firstLookMs?: number;
	}) {
		this.#options = options;
		this.#back = new BackWay(options);
		if (options.updater !== null) this.#lookLater(options.firstLookMs ?? firstLookMs);
	}

	/** How it stands now, and after each change. */
	watch(signal?: AbortSignal): AsyncGenerator<Told, void, void> {
		return latest<Told>(
			(push) => {
				const tell = () => push(this.#told());
				tell();
				this.#listeners.add(tell);
				return () => this.#listeners.delete(tell);
			},
			{ signal },
		);
	}

	/** Asks once; settles when it is known, and never rejects. Throws NOT_HERE where this program cannot replace itself. */
	look(): Promise<void> {
		return this.#look(this.#updater());
	}

	/** Downloads what was found; settles when it is there, and never rejects. Throws NOT_HERE where this program cannot replace itself. */
	download(): Promise<void> {
		return this.#fetch(this.#updater());
	}

	async #look(updater: Updater): Promise<void> {
		if (['looking', 'fetching', 'ready', 'leaving'].includes(this.#state.kind)) return;
		this.#stop = new AbortController();
		const { signal } = this.#stop;
		this.#become({ kind: 'looking' });
		try {
			const found = await updater.look();
			if (signal.aborted) return;
			this.#found = found;
			this.#become(found ? { kind: 'found', ...found } : { kind: 'newest' });
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		}
	}

	async #fetch(updater: Updater): Promise<void> {
		const found = this.#found;
		if (found === null || ['looking', 'fetching', 'ready', 'leaving'].includes(this.#state.kind)) return;
		this.#stop = new AbortController();
		const { signal } = this.#stop;
		const { version } = found;
		this.#become({ kind: 'fetching', version, fraction: 0 });
		try {
			const tell = (fraction: number) => !signal.aborted && this.#become({ kind: 'fetching', version, fraction });
			this.#fetched = await updater.fetch(tell, signal);
			if (!signal.aborted) this.#become({ kind: 'ready', version });
		} catch (error) {
			if (!signal.aborted) this.#fail(error);
		}
	}

	stop(): void {
		this.#updater();
		if (this.#state.kind !== 'looking' && this.#state.kind !== 'fetching') return;
		this.#stop.abort();
		this.#become(this.#found ? { kind: 'found', ...this.#found } : { kind: 'idle' });
	}

	/** Copies the data, stops the work, copies what the work wrote last, and hands over to the installer. What fails before leaves all as it was. */
	async install(): Promise<void> {
		const updater = this.#updater();
		const { version, leave, log, copyDatabase, stopWork } = this.#options;
		if (this.#state.kind !== 'ready' || this.#fetched === null || !leave) return;
		const next = this.#state.version;
		const before = this.#state;
		const copy = this.#back.copyOf(version);
		try {
			if (updater.program) this.#back.keepProgram(version, updater.program);
			this.#back.keepProgram(next, this.#fetched);
			// While the work still goes on, so that a full disk is found before anything was stopped.
			copyDatabase(copy);
		} catch (error) {
			this.#become(before);
			throw asDiskFull(error);
		}
		this.#become({ kind: 'leaving' });
		await stopWork();
		copyDatabase(copy);
		this.#back.begin(version, next);
		log.info({ from: version, to: next }, 'an update begins');
		leave(() => updater.install());
	}

	/** Ends the program and puts the data of before the last update back; `restored` is told of the program of then, null where it is not kept. */
	goBack(restored: (program: string | null) => void | Promise<void>): void {
		const { version, leave, log } = this.#options;
		const back = this.#back.from(version);
		if (back === null || !leave) throw failure('NOT_HERE', {});
		this.#become({ kind: 'leaving' });
		leave(async () => {
			const aside = this.#back.restore(version);
			log.info({ to: back.version, aside }, 'the data of before the update is back');
			await restored(back.program);
		});
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#stop.abort();
	}

	#lookLater(ms: number): void {
		this.#timer = setTimeout(() => {
			if (this.#options.isAgreed() && this.#state.kind !== 'found') void this.look();
			this.#lookLater(lookEveryMs);
		}, ms).unref();
	}

	#updater(): Updater {
		if (this.#options.updater === null) throw failure('NOT_HERE', {});
		return this.#options.updater;
	}

	#told(): Told {
		const { version, updater } = this.#options;
		const back = this.#back.from(version);
		return {
			server: updater?.host ?? null,
			version,
			state: this.#state,
			back: back && { version: back.version, at: back.at, hasProgram: back.program !== null },
		};
	}

	#fail(error: unknown): void {
		this.#options.log.warn({ err: error }, 'a new version could not be had');
		this.#become({ kind: 'failed', failure: toFailureRecord(error, '') });
	}

	#become(state: UpdateState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener();
	}
}

function asDiskFull(error: unknown): unknown {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	return code === 'ENOSPC' || code === 'SQLITE_FULL' ? failure('DISK_FULL', { neededBytes: 0, freeBytes: 0 }) : error;
}
