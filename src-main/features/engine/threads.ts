import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type ReadText, readCgroup, readText } from './cgroup.ts';

/** What decides how many threads are worth computing with. */
export interface CpuFacts {
	/** Numbers of the logical processors that this process may run on. */
	allowed: readonly number[];
	/** For each logical processor, which physical core it is part of; those that are missing count as cores of their own. */
	coreOf: ReadonlyMap<number, string>;
	/** The fast cores of a processor that has two kinds; null when all are alike. */
	fast: readonly number[] | null;
	/** Processor time that the control group grants, in cores; null: no limit. */
	quotaCores: number | null;
}

/**
 * Counts the physical cores that this process may really use: the most threads that an engine should compute with.
 *
 * Two threads of one core share its arithmetic units, and with more threads than cores every step of llama.cpp waits for the
 * slowest, so a number too high costs tenfold while one too low costs in proportion. At least 1.
 */
export function countUsableCores(facts: CpuFacts): number {
	const fast = facts.fast ? facts.allowed.filter((cpu) => facts.fast?.includes(cpu)) : [];
	const usable = fast.length > 0 ? fast : facts.allowed;
	const cores = new Set(usable.map((cpu) => facts.coreOf.get(cpu) ?? `cpu ${cpu}`)).size;
	return Math.max(1, Math.min(cores, facts.quotaCores === null ? cores : Math.floor(facts.quotaCores)));
}

/** `0-3,8` as numbers. */
export function parseCpuList(text: string): number[] {
	return text
		.trim()
		.split(',')
		.flatMap((part) => {
			const [first, last] = part.split('-').map(Number);
			if (part === '' || first === undefined || !Number.isInteger(first)) return [];
			return Array.from({ length: (last ?? first) - first + 1 }, (_, i) => first + i);
		});
}

/** Reads from Linux what decides the number of threads; `read` gives recorded files in tests. */
export async function readLinuxCpu(read: ReadText = readText): Promise<CpuFacts> {
	const allowed = parseCpuList(/^Cpus_allowed_list:\s*(.*)$/m.exec((await read('/proc/self/status')) ?? '')?.[1] ?? '');
	const online = parseCpuList((await read('/sys/devices/system/cpu/online')) ?? '');
	const usable = online.length > 0 ? allowed.filter((cpu) => online.includes(cpu)) : allowed;
	const coreOf = new Map<number, string>();
	for (const cpu of usable) {
		const siblings = await read(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`);
		if (siblings) coreOf.set(cpu, siblings.trim());
	}
	const fast = await read('/sys/devices/cpu_core/cpus');
	return { allowed: usable, coreOf, fast: fast ? parseCpuList(fast) : null, quotaCores: (await readCgroup(read)).cores };
}

/** The usable physical cores of this machine, for this process. */
export async function usableCores(): Promise<number> {
	if (process.platform === 'linux') return countUsableCores(await readLinuxCpu());
	if (process.platform === 'darwin') {
		// The efficient cores of Apple's processors only slow the others down.
		const { stdout } = await promisify(execFile)('sysctl', ['-n', 'hw.perflevel0.physicalcpu']).catch(() => ({ stdout: '' }));
		if (Number(stdout) > 0) return Number(stdout);
	}
	// Loaded only where it is needed: it is large.
	const { cpu } = await import('systeminformation');
	const { physicalCores, performanceCores } = await cpu();
	return Math.max(1, performanceCores || physicalCores);
}
