import { and, asc, eq, gte, lt } from 'drizzle-orm';
import type { MachineGauges, MachinePoint } from '#contract/monitor.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { resolutions } from './FigureStore.ts';
import { monitorSample, type Resolution } from './schema.ts';

type Row = typeof monitorSample.$inferSelect;
type Sums = Omit<Row, 'resolution' | 'at'>;

/** How the machine was, by minute, hour and day: at most 1,560, 768 and 370 rows. */
export class MachineSamples {
	readonly #db: Db;
	readonly #now: () => number;

	constructor(options: { db: Db; now: () => number }) {
		this.#db = options.db;
		this.#now = options.now;
	}

	/** Adds a sample to the rows of its minute, hour and day, with the most that ran and waited since the last one. */
	add(gauges: MachineGauges, most: { running: number; waiting: number }): void {
		const sample = toSums(gauges, most);
		const now = this.#now();
		immediate(this.#db, (tx) => {
			for (const [resolution, { stepMs, keepMs }] of Object.entries(resolutions) as [Resolution, (typeof resolutions)[Resolution]][]) {
				const at = Math.floor(now / stepMs) * stepMs;
				const isIt = and(eq(monitorSample.resolution, resolution), eq(monitorSample.at, at));
				const before = tx.select().from(monitorSample).where(isIt).get();
				const set = before ? join(before, sample) : sample;
				tx.insert(monitorSample)
					.values({ resolution, at, ...set })
					.onConflictDoUpdate({ target: [monitorSample.resolution, monitorSample.at], set })
					.run();
				tx.delete(monitorSample)
					.where(and(eq(monitorSample.resolution, resolution), lt(monitorSample.at, now - keepMs)))
					.run();
			}
		});
	}

	/** From an instant on, in steps of `stepMs` from it; those of which there is nothing are left out. */
	read(resolution: Resolution, from: number, stepMs: number): MachinePoint[] {
		const rows = this.#db
			.select()
			.from(monitorSample)
			.where(and(eq(monitorSample.resolution, resolution), gte(monitorSample.at, from)))
			.orderBy(asc(monitorSample.at))
			.all();
		const steps = Map.groupBy(rows, ({ at }) => from + Math.floor((at - from) / stepMs) * stepMs);
		return [...steps].map(([at, [first, ...others]]) => toPoint(at, others.reduce<Sums>(join, first as Row)));
	}
}

function toSums(gauges: MachineGauges, most: { running: number; waiting: number }): Sums {
	const fractions = gauges.gpus.flatMap(({ fraction }) => (fraction === null ? [] : [fraction]));
	const gpu = fractions.length > 0 ? Math.max(...fractions) : 0;
	return {
		samples: 1,
		cpuSum: gauges.cpuFraction,
		cpuMost: gauges.cpuFraction,
		memorySum: gauges.memoryUsedBytes,
		memoryMost: gauges.memoryUsedBytes,
		gpuSamples: gauges.gpus.length > 0 ? 1 : 0,
		gpuSum: gpu,
		gpuMost: gpu,
		vramMost: gauges.gpus.reduce((sum, { usedBytes }) => sum + (usedBytes ?? 0), 0),
		diskFreeLeast: gauges.diskFreeBytes,
		runningMost: most.running,
		waitingMost: most.waiting,
	};
}

function join(a: Sums, b: Sums): Sums {
	return {
		samples: a.samples + b.samples,
		cpuSum: a.cpuSum + b.cpuSum,
		cpuMost: Math.max(a.cpuMost, b.cpuMost),
		memorySum: a.memorySum + b.memorySum,
		memoryMost: Math.max(a.memoryMost, b.memoryMost),
		gpuSamples: a.gpuSamples + b.gpuSamples,
		gpuSum: a.gpuSum + b.gpuSum,
		gpuMost: Math.max(a.gpuMost, b.gpuMost),
		vramMost: Math.max(a.vramMost, b.vramMost),
		diskFreeLeast: Math.min(a.diskFreeLeast, b.diskFreeLeast),
		runningMost: Math.max(a.runningMost, b.runningMost),
		waitingMost: Math.max(a.waitingMost, b.waitingMost),
	};
}

function toPoint(at: number, sums: Sums): MachinePoint {
	return {
		at,
		cpuFraction: sums.cpuSum / sums.samples,
		memoryUsedBytes: sums.memorySum / sums.samples,
		gpuFraction: sums.gpuSamples > 0 ? sums.gpuSum / sums.gpuSamples : null,
		vramUsedBytes: sums.gpuSamples > 0 ? sums.vramMost : null,
		diskFreeBytes: sums.diskFreeLeast,
		runningMost: sums.runningMost,
		waitingMost: sums.waitingMost,
	};
}
