import { expect, test } from 'vitest';
import { readCgroup } from './cgroup.ts';
import { readLinuxMemory } from './machineFacts.ts';
import { type CpuFacts, countUsableCores, parseCpuList, readLinuxCpu } from './threads.ts';

const recorded = (files: Record<string, string>) => async (file: string) => files[file] ?? null;
const pairs = (cores: number) => new Map(Array.from({ length: cores * 2 }, (_, cpu) => [cpu, `${cpu % cores},${(cpu % cores) + cores}`]));

test.each<[string, CpuFacts, number]>([
	['two threads of one core count once', { allowed: parseCpuList('0-15'), coreOf: pairs(8), fast: null, quotaCores: null }, 8],
	['affinity to both threads of two cores', { allowed: [0, 1, 8, 9], coreOf: pairs(8), fast: null, quotaCores: null }, 2],
	['affinity to one thread of four cores', { allowed: [0, 1, 2, 3], coreOf: pairs(8), fast: null, quotaCores: null }, 4],
	['a quota of 2.5 cores', { allowed: parseCpuList('0-15'), coreOf: pairs(8), fast: null, quotaCores: 2.5 }, 2],
	['a quota of half a core', { allowed: parseCpuList('0-15'), coreOf: pairs(8), fast: null, quotaCores: 0.5 }, 1],
	['a quota above the cores', { allowed: [0, 1], coreOf: new Map(), fast: null, quotaCores: 64 }, 2],
	[
		'slow cores are left out',
		{ allowed: parseCpuList('0-11'), coreOf: new Map(parseCpuList('0-3').map((cpu) => [cpu, cpu < 2 ? '0-1' : '2-3'])), fast: [0, 1, 2, 3], quotaCores: null },
		2,
	],
	['only slow cores are allowed', { allowed: [8, 9], coreOf: new Map(), fast: [0, 1, 2, 3], quotaCores: null }, 2],
	['nothing is known', { allowed: [], coreOf: new Map(), fast: null, quotaCores: null }, 1],
])('threads are the physical cores that may really be used: %s', (_, facts, cores) => {
	expect(countUsableCores(facts)).toBe(cores);
});

test('lists of processors are read', () => {
	expect(parseCpuList('0-2,5,7-8\n')).toEqual([0, 1, 2, 5, 7, 8]);
	expect(parseCpuList('')).toEqual([]);
});

test('a recorded machine in a container of version 2 groups is read', async () => {
	const read = recorded({
		'/proc/self/status': 'Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3\n',
		'/sys/devices/system/cpu/online': '0-3\n',
		'/sys/devices/system/cpu/cpu0/topology/thread_siblings_list': '0,2\n',
		'/sys/devices/system/cpu/cpu1/topology/thread_siblings_list': '1,3\n',
		'/sys/devices/system/cpu/cpu2/topology/thread_siblings_list': '0,2\n',
		'/sys/devices/system/cpu/cpu3/topology/thread_siblings_list': '1,3\n',
		'/proc/self/cgroup': '0::/app/inner\n',
		'/sys/fs/cgroup/app/inner/cpu.max': 'max 100000\n',
		'/sys/fs/cgroup/app/cpu.max': '150000 100000\n',
		'/sys/fs/cgroup/app/memory.max': '4294967296\n',
		'/sys/fs/cgroup/app/memory.current': '3221225472\n',
		'/sys/fs/cgroup/app/memory.stat': 'anon 1\ninactive_file 1073741824\n',
		'/proc/meminfo': 'MemTotal:       16777216 kB\nMemFree: 1 kB\nMemAvailable:    8388608 kB\n',
	});
	const facts = await readLinuxCpu(read);
	expect(facts).toMatchObject({ allowed: [0, 1, 2, 3], quotaCores: 1.5, fast: null });
	expect(countUsableCores(facts)).toBe(1);
	expect(await readLinuxMemory(read)).toEqual({ totalRamBytes: 4294967296, freeRamBytes: 2147483648 });
});

test('version 1 groups are read, and their way of saying "no limit"', async () => {
	const limited = recorded({
		'/proc/self/cgroup': '3:cpu:/\n',
		'/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '300000\n',
		'/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
		'/sys/fs/cgroup/memory/memory.limit_in_bytes': '1073741824\n',
	});
	expect(await readCgroup(limited)).toEqual({ cores: 3, memoryBytes: 1073741824, memoryUsedBytes: 0 });
	const free = recorded({
		'/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
		'/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
		'/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
	});
	expect(await readCgroup(free)).toEqual({ cores: null, memoryBytes: null, memoryUsedBytes: 0 });
});
