import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Deployment } from '#contract/engine.ts';
import type { Db } from '../../../platform/database/openDatabase.ts';
import type { Logger } from '../../../platform/log/createLog.ts';

/** With less than this free nothing can be downloaded, and soon nothing be stored: 1 GiB. */
const scarceBytes = 1_073_741_824;
const nanosecondsPerMs = 1e6;

/** Whether Homeroom is well, and what of it is not. */
export interface Health {
	isWell: boolean;
	memoryBytes: number;
	eventLoopDelayMs: number;
	uptimeSeconds: number;
	database: { isOk: boolean; sizeBytes: number };
	disk: { isOk: boolean; freeBytes: number; totalBytes: number };
}

/** Looks at the process, the database and the disk. What cannot be looked at is not well; nothing here ever throws. */
export class HealthCheck {
	readonly #options: { db: Db; databaseFile: string; dataFolder: string; log: Pick<Logger, 'warn'> };
	readonly #delay: ReturnType<typeof monitorEventLoopDelay>;

	constructor(options: { db: Db; databaseFile: string; dataFolder: string; log: Pick<Logger, 'warn'> }) {
		this.#options = options;
		this.#delay = monitorEventLoopDelay({ resolution: 20 });
		this.#delay.enable();
	}

	/** @param deployments what is loaded: one that failed makes the whole unwell. */
	async look(deployments: readonly Pick<Deployment, 'state'>[]): Promise<Health> {
		const database = this.#lookAtDatabase();
		const disk = await this.#lookAtDisk();
		return {
			isWell: database.isOk && disk.isOk && deployments.every(({ state }) => state !== 'failed'),
			memoryBytes: process.memoryUsage.rss(),
			// The timer's own interval is no delay.
			eventLoopDelayMs: Number.isFinite(this.#delay.mean) ? Math.max(0, Math.round(this.#delay.mean / nanosecondsPerMs - 20)) : 0,
			uptimeSeconds: Math.floor(process.uptime()),
			database,
			disk,
		};
	}

	close(): void {
		this.#delay.disable();
	}

	#lookAtDatabase(): Health['database'] {
		const { db, databaseFile, log } = this.#options;
		try {
			const isOk = db.$client.prepare('select 1').pluck().get() === 1;
			return { isOk, sizeBytes: bytesOf(databaseFile) + bytesOf(`${databaseFile}-wal`) };
		} catch (error) {
			log.warn({ err: error }, 'the database is not well');
			return { isOk: false, sizeBytes: 0 };
		}
	}

	async #lookAtDisk(): Promise<Health['disk']> {
		const { dataFolder, log } = this.#options;
		try {
			const { bsize, blocks, bavail } = await statfs(dataFolder);
			const freeBytes = bavail * bsize;
			return { isOk: freeBytes > scarceBytes, freeBytes, totalBytes: blocks * bsize };
		} catch (error) {
			log.warn({ err: error }, 'the disk cannot be looked at');
			return { isOk: false, freeBytes: 0, totalBytes: 0 };
		}
	}
}

/** The newest of the database is in its log (`-wal`), which comes and goes. */
function bytesOf(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
