import { readFile } from 'node:fs/promises';

/** What the control group that this process is in allows it; null where there is no limit. */
export interface CgroupLimits {
	cores: number | null;
	memoryBytes: number | null;
	/** Memory in use by the whole group that cannot be given back at once. */
	memoryUsedBytes: number;
}

/** Reads a small file as text; null when it is not there. Tests give recorded ones. */
export type ReadText = (file: string) => Promise<string | null>;
export const readText: ReadText = (file) => readFile(file, 'utf8').catch(() => null);

const root = '/sys/fs/cgroup';

/** Reads the limits of this process's control group and of all above it, in version 2 or 1; Linux only. */
export async function readCgroup(read: ReadText = readText): Promise<CgroupLimits> {
	const limits: CgroupLimits = { cores: null, memoryBytes: null, memoryUsedBytes: 0 };
	const lower = (cores: number | null, memoryBytes: number | null) => {
		limits.cores = least(limits.cores, cores);
		limits.memoryBytes = least(limits.memoryBytes, memoryBytes);
	};
	for (const folder of groupFolders((await read('/proc/self/cgroup')) ?? '')) {
		const memory = toBytes(await read(`${folder}/memory.max`));
		lower(quota(await read(`${folder}/cpu.max`)), memory);
		if (memory !== null)
			limits.memoryUsedBytes = Math.max(limits.memoryUsedBytes, usedBytes(await read(`${folder}/memory.current`), await read(`${folder}/memory.stat`)));
	}
	const period = await read(`${root}/cpu/cpu.cfs_period_us`);
	lower(quota(`${((await read(`${root}/cpu/cpu.cfs_quota_us`)) ?? '-1').trim()} ${(period ?? '100000').trim()}`), null);
	const memory = toBytes(await read(`${root}/memory/memory.limit_in_bytes`));
	lower(null, memory);
	if (memory !== null)
		limits.memoryUsedBytes = Math.max(
			limits.memoryUsedBytes,
			usedBytes(await read(`${root}/memory/memory.usage_in_bytes`), await read(`${root}/memory/memory.stat`)),
		);
	return limits;
}

/** The folders of a version 2 group and of those above it; inside a container its own group is the root. */
function groupFolders(membership: string): string[] {
	const group = /^0::(\/.*)$/m.exec(membership)?.[1] ?? '/';
	const parts = group.split('/').filter((part) => part !== '' && part !== '..');
	return Array.from({ length: parts.length + 1 }, (_, depth) => [root, ...parts.slice(0, parts.length - depth)].join('/'));
}

/** `200000 100000` is two cores; `max` and negative quotas are no limit. */
function quota(text: string | null): number | null {
	const [time, period] = (text ?? '').trim().split(/\s+/).map(Number);
	return time && period && time > 0 && period > 0 ? time / period : null;
}

/** Version 1 says "no limit" with a number near 2^63. */
function toBytes(text: string | null): number | null {
	const bytes = Number((text ?? '').trim() || Number.NaN);
	return Number.isFinite(bytes) && bytes < 2 ** 60 ? bytes : null;
}

function usedBytes(current: string | null, stat: string | null): number {
	// Pages of files that nobody is using are given back when memory is short.
	const cache = Number(/^(?:total_)?inactive_file (\d+)$/m.exec(stat ?? '')?.[1] ?? 0);
	return Math.max(0, (toBytes(current) ?? 0) - cache);
}

function least(a: number | null, b: number | null): number | null {
	return a === null ? b : b === null ? a : Math.min(a, b);
}
