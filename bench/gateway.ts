import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Accounts } from '../src-main/features/accounts/accounts.ts';
import { Gateway } from '../src-main/features/gateway/gateway.ts';
import { Ledger } from '../src-main/features/ledger/ledger.ts';
import type { BenchShape } from '../src-main/features/library/benchModel.ts';
import { openDatabase } from '../src-main/platform/database/openDatabase.ts';
import { createLog } from '../src-main/platform/log/createLog.ts';
import { Secrets } from '../src-main/platform/secrets/Secrets.ts';
import { samplingShape } from '../src-preload/contract/engine.ts';
import type { ClientAnswer, ClientOrder } from './gatewayClient.ts';
import { median, percentile } from './median.ts';
import { openBenchEngine } from './openBenchEngine.ts';
import type { Report } from './run.ts';

/** So small that its answers take a moment: what lies around them is what is measured. */
const tiny: Partial<BenchShape> = { blocks: 2, width: 128, heads: 4, kvHeads: 2, feedForward: 256, vocabulary: 8000 };
/** Both in turns, since what else the machine does comes and goes. */
const blocks = 60;
/** Until what runs at each request is compiled. */
const warmUps = 10;
const perBlock = 10;
const answerTokens = 96;
const rounds = 9;
const readers = 500;
const sampling = samplingShape.parse({ temperature: 0, seed: 1 });
const turns = [{ role: 'user' as const, content: 'Why are there tides?' }];
const ask = { model: 'bench', messages: turns, temperature: 0, seed: 1 };

/**
 * What the gateway adds to a request, beside the same one at the engine's own door: its client is a process of its own, its database a
 * file on the disk, and every request is paid for. Then how fast a streamed answer is beside the bare engine's, and what 500 readers that
 * wait for theirs take of memory.
 */
export async function run(report: Report): Promise<void> {
	await measureOverhead(report);
	await measureStream(report);
}

async function measureOverhead(report: Report): Promise<void> {
	const stage = await openStage({ contextTokens: 512, parallel: 1 }, tiny);
	try {
		const direct: number[] = [];
		const through: number[] = [];
		const busyMs = { direct: 0, through: 0 };
		for (let block = -warmUps; block < blocks; block++) {
			const bare: number[] = [];
			const started = processorMs();
			for (let n = 0; n < perBlock; n++) {
				const start = performance.now();
				await stage.read({ ownerId: stage.ownerId, turns, sampling, maxTokens: 1 });
				bare.push(performance.now() - start);
			}
			const between = processorMs();
			const asked = await stage.client({ act: 'ask', body: { ...ask, max_tokens: 1 }, count: perBlock });
			const ended = processorMs();
			if (block < 0) continue;
			busyMs.direct += between - started;
			busyMs.through += ended - between;
			direct.push(...bare);
			through.push(...asked);
		}
		for (const [name, fraction, limit] of [
			['p50', 0.5, 2],
			['p95', 0.95, 5],
		] as const) {
			const baseline = rounded(percentile(direct, fraction));
			const value = rounded(percentile(through, fraction) - baseline);
			report({
				metric: `added to a request of one token, ${name} of ${through.length} beside ${name} at the engine's door`,
				value,
				unit: 'ms',
				limit,
				pass: value < limit,
			});
			report({ metric: `at the engine's door, ${name}`, value: baseline, unit: 'ms' });
		}
		report({ metric: 'of that, until the disk has a charge, p50', value: rounded(median(stage.commits())), unit: 'ms' });
		// Whatever else the machine does.
		report({ metric: 'processor time added to a request, in the app', value: rounded((busyMs.through - busyMs.direct) / through.length), unit: 'ms' });
		await measureReaders(report, stage);
	} finally {
		await stage.close();
	}
}

async function measureReaders(report: Report, stage: Stage): Promise<void> {
	// One answer that goes on takes the only place: the others wait for theirs.
	const ending = new AbortController();
	const busy = stage.read({ ownerId: 'another', turns, sampling, maxTokens: 400 }, ending.signal);
	const again = (async () => {
		await busy;
		while (!ending.signal.aborted)
			await stage.read({ ownerId: 'another', turns, sampling: { ...sampling, seed: null, temperature: 1 }, maxTokens: 400 }, ending.signal);
	})();
	await setTimeout(2000);
	const before = memory();
	const opened = await stage.client({ act: 'hold', body: { ...ask, max_tokens: 400 }, count: readers });
	await setTimeout(2000);
	const value = Math.round((memory() - before) / 2 ** 20);
	report({ metric: `memory of ${opened[0]} readers of streams that wait`, value, unit: 'MB', limit: 50, pass: value < 50 && opened[0] === readers });
	ending.abort();
	await again;
}

async function measureStream(report: Report): Promise<void> {
	const stage = await openStage({ contextTokens: 1024, parallel: 1 });
	try {
		const direct: number[] = [];
		const through: number[] = [];
		for (let round = -1; round < rounds; round++) {
			const bare = await stage.read({ ownerId: stage.ownerId, turns, sampling, maxTokens: answerTokens });
			// As its reader sees it, like the other.
			const seen = ((bare.completionTokens - 1) / (performance.now() - bare.firstAt)) * 1000;
			const [streamed = 0] = await stage.client({ act: 'read', body: { ...ask, max_tokens: answerTokens } });
			if (round < 0) continue;
			direct.push(seen);
			through.push(streamed);
		}
		const baseline = rounded(median(direct));
		const value = rounded(median(through));
		const ratio = rounded(median(through.map((each, at) => each / (direct[at] ?? each))));
		report({
			metric: `streamed answer of ${answerTokens} tokens, medians of ${rounds} pairs`,
			value,
			unit: 'tokens/s',
			baseline,
			ratio,
			limit: 0.97,
			pass: ratio >= 0.97,
		});
	} finally {
		await stage.close();
	}
}

type Stage = Awaited<ReturnType<typeof openStage>>;

/** A gateway over an engine of its own, with all that stands between them, and a client. */
async function openStage(wishes: Parameters<typeof openBenchEngine>[0], shape?: Partial<BenchShape>) {
	const bed = await openBenchEngine(wishes, shape ? { shape } : {});
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-gateway-'));
	const root = path.join(import.meta.dirname, '..');
	const { log, close: closeLog } = createLog({ folder });
	const { db, close: closeDatabase } = openDatabase({ file: path.join(folder, 'homeroom.db'), migrationsFolder: path.join(root, 'resources/migrations'), log });
	const secrets = new Secrets({ db, keyFile: path.join(folder, 'key'), log });
	const record = () => {};
	const accounts = new Accounts({ db, secrets, log, record, commonPasswords: path.join(root, 'resources/passwords/common.txt') });
	const ledger = new Ledger({ db, log, people: accounts.people, record });
	const gateway = new Gateway({
		...{ db, ledger, secrets, log },
		door: accounts,
		keys: accounts.keys,
		hasPassword: () => true,
		models: bed.engine,
		listModels: () => [{ id: 'bench', name: 'bench', defaults: null, addedAt: 0 }],
		limits: { addressPerMinute: 1_000_000 },
	});
	const { origin } = await gateway.change({ isOn: true, port: 0 }, false);
	const ownerId = accounts.people.list()[0]?.id ?? randomUUID();
	const limits = { requestsPerMinute: 100_000, streamsAtOnce: 1000, tokensPerMonth: null };
	const { secret } = accounts.keys.create(ownerId, { name: 'the bench', scopes: ['chat'], expiresAt: null, limits });
	const child = fork(fileURLToPath(new URL('./gatewayClient.ts', import.meta.url)), [new URL(origin ?? '').port, secret]);
	return {
		read: bed.read,
		ownerId,
		/** How long commits take that wait for the disk, as a charge does, in milliseconds. */
		commits: () =>
			Array.from({ length: 100 }, () => {
				const start = performance.now();
				ledger.topUp(ownerId, randomUUID(), 1);
				return performance.now() - start;
			}),
		client: (order: ClientOrder) => answerOf(child, order),
		async close() {
			child.kill();
			await once(child, 'exit');
			await gateway.close();
			await bed.close();
			closeDatabase();
			await closeLog();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function answerOf(child: ChildProcess, order: ClientOrder): Promise<number[]> {
	const done = new AbortController();
	const { signal } = done;
	const ended = once(child, 'exit', { signal }).then(() => {
		throw new Error('the client of the bench ended');
	});
	ended.catch(() => {});
	const answered = once(child, 'message', { signal });
	child.send(order);
	try {
		// The client sends nothing else.
		const [answer] = (await Promise.race([answered, ended])) as [ClientAnswer];
		return answer.values;
	} finally {
		done.abort();
	}
}

/** What the process holds once nothing is left that could go; what its system keeps for it besides comes and goes. */
function memory(): number {
	setFlagsFromString('--expose-gc');
	const collect: () => void = runInNewContext('gc');
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** What this process has computed so far. */
function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

const rounded = (value: number) => Math.round(value * 100) / 100;
