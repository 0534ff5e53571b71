import { asking, engineHosts, openTestBed } from '../src-main/features/engine/openTestBed.test-support.ts';
import type { Report } from './run.ts';

const requests = 1000;
/** As many as the two copies take side by side. */
const atOnce = 4;
const killEveryMs = 1000;
const mostUnbalanced = 0.1;

type Ending = 'answered' | 'cut' | 'lost';

/**
 * Two copies of a random-weight model, of which one is killed every second, the one that has run for longer each time, while 1,000 requests
 * are answered in turn: how many were lost of which nothing had been read, and how even the two were with as many requests and no kills.
 */
export async function run(report: Report): Promise<void> {
	if (process.platform !== 'linux') throw new Error('the hosts are found by what Linux tells of processes');
	const bed = await openTestBed();
	const { engine } = bed;
	try {
		await engine.load('anna', 'test.gguf', { wishes: { contextTokens: 1024, parallel: 2, replicas: 2, balance: 'roundRobin' } });
		await allRun();
		const counts = [0, 0];
		const counting = new AbortController();
		const counted = countRequests(counts, counting.signal);
		await askAll();
		counting.abort();
		await counted;
		const [first = 0, second = 0] = counts;
		const unbalanced = Math.abs(first - second) / Math.max(1, (first + second) / 2);
		report({ metric: 'balance of two copies in turn', value: unbalanced, unit: 'share', limit: mostUnbalanced, pass: unbalanced <= mostUnbalanced });

		let kills = 0;
		const killing = setInterval(async () => {
			// Process ids rise: the lowest is the one that has run for longest.
			const [oldest] = (await engineHosts()).sort((a, b) => a - b);
			const running = engine.deployments('anna').filter(({ state }) => state === 'running').length;
			if (oldest === undefined || running === 0) return;
			process.kill(oldest, 'SIGKILL');
			kills++;
		}, killEveryMs);
		const from = performance.now();
		const endings = await askAll();
		clearInterval(killing);
		const of = (ending: Ending) => endings.filter((each) => each === ending).length;
		const seconds = (performance.now() - from) / 1000;
		report({ metric: 'copies killed', value: kills, unit: `in ${seconds.toFixed(0)} s`, limit: 1, pass: kills >= 1 });
		report({ metric: 'requests answered', value: of('answered'), unit: `of ${requests}` });
		report({ metric: 'requests cut after their first byte', value: of('cut'), unit: `of ${requests}` });
		report({ metric: 'requests lost before their first byte', value: of('lost'), unit: `of ${requests}`, limit: 0, pass: of('lost') === 0 });
	} finally {
		await bed.close();
	}

	async function allRun(): Promise<void> {
		for await (const views of engine.watch('anna')) if (views.length === 2 && views.every(({ state }) => state === 'running')) return;
	}

	/** Adds up, by copy, how often one more request was at work there. */
	async function countRequests(counts: number[], signal: AbortSignal): Promise<void> {
		const before = [0, 0];
		for await (const views of engine.watch('anna', signal))
			for (const [at, { activeRequests }] of views.entries()) {
				counts[at] = (counts[at] ?? 0) + Math.max(0, activeRequests - (before[at] ?? 0));
				before[at] = activeRequests;
			}
	}

	async function askAll(): Promise<Ending[]> {
		const endings: Ending[] = [];
		let begun = 0;
		const work = async () => {
			while (begun < requests) endings.push(await askOne(begun++));
		};
		await Promise.all(Array.from({ length: atOnce }, work));
		return endings;
	}

	async function askOne(number: number): Promise<Ending> {
		let hasRead = false;
		try {
			for await (const _ of engine.generate(asking(`Request ${number}`, { ownerId: `owner ${number % atOnce}`, maxTokens: 12 }))) hasRead = true;
			return 'answered';
		} catch {
			return hasRead ? 'cut' : 'lost';
		}
	}
}
