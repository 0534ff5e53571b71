import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './run.ts';

const megabyte = 2 ** 20;
const sourceMegabytes = Number(process.env.HOMEROOM_BENCH_MB ?? 100);
/** The parser of YAML needs some hundred times its source in memory: it and what uses it are measured on so much. */
const yamlMegabytes = Math.min(sourceMegabytes, Number(process.env.HOMEROOM_BENCH_YAML_MB ?? 4));
/** The bare libraries hold all of a source in memory: beyond this they are left out. */
const mostBareMegabytes = 512;
const mostPeakMegabytes = 200;
const leastRatio = 0.8;

const rounds = sourceMegabytes > mostBareMegabytes ? 1 : 3;

const allPairs = ['json jsonl', 'jsonl json', 'json csv', 'jsonl csv', 'csv json', 'json xml', 'xml json', 'json yaml', 'yaml json'];
const pairs = process.env.HOMEROOM_BENCH_PAIRS?.split(',') ?? allPairs;

/** As the app's threads have it (`TaskThreads`), which leave what dies young 24 MB. */
const ourFlags = ['--max-semi-space-size=8'];
const bareFlags = ['--max-old-space-size=8192'];

/** Programs that do the same, where this machine has them: they read a file and write to their output. */
const peers: { pair: string; program: string; args: string[] }[] = [
	{ pair: 'json jsonl', program: 'jq', args: ['-c', '.[]'] },
	{ pair: 'json jsonl', program: 'mlr', args: ['--ijson', '--ojsonl', 'cat'] },
	{ pair: 'jsonl json', program: 'jq', args: ['-s', '.'] },
	{ pair: 'json csv', program: 'mlr', args: ['--ijson', '--ocsv', 'cat'] },
	{ pair: 'csv json', program: 'mlr', args: ['--icsv', '--ojson', 'cat'] },
	{ pair: 'json yaml', program: 'yq', args: ['-y', '.'] },
	{ pair: 'yaml json', program: 'yq', args: ['.'] },
];

/**
 * Records converted from each format into each: megabytes of the source a second and the peak of memory, each in a process of its own, beside the
 * bare libraries that read and write the same file, turn by turn, and beside the programs of others. `HOMEROOM_BENCH_MB` says how large the source
 * is, `HOMEROOM_BENCH_PAIRS` which pairs: with 2048 and `json jsonl,jsonl csv` it is the file of 2 GB that has to do with 200 MB.
 */
export async function run(report: Report): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-convert-'));
	try {
		const large = writeRecords(join(folder, 'large.json'), sourceMegabytes);
		const small = writeRecords(join(folder, 'small.json'), yamlMegabytes);
		for (const pair of pairs) {
			const [from = '', to = ''] = pair.split(' ');
			const start = pair.includes('yaml') ? small : large;
			const source = from === 'json' ? start : `${start}.${from}`;
			// Where the pair that makes it is not asked for.
			if (!existsSync(source)) turn('convertChild.ts', ourFlags, ['json', from, start, source]);
			measure(pair, from, to, source, `${start}.${to}`, report);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function measure(pair: string, from: string, to: string, source: string, result: string, report: Report): void {
	const size = statSync(source).size / megabyte;
	const ours = { seconds: Number.POSITIVE_INFINITY, peakBytes: 0 };
	const bare = { seconds: Number.POSITIVE_INFINITY, peakBytes: 0 };
	for (let round = 0; round < rounds; round++) {
		keepBest(ours, turn('convertChild.ts', ourFlags, [from, to, source, result]));
		if (size <= mostBareMegabytes) keepBest(bare, turn('convertBareChild.ts', bareFlags, [from, to, source, `${result}.bare`]));
	}
	const name = pair.replace(' ', ' → ');
	const rate = size / ours.seconds;
	const bareRate = size / bare.seconds;
	report({
		...{ metric: `${name}, ${Math.round(size)} MB`, value: round(rate), unit: 'MB/s' },
		...(bareRate > 0 && { baseline: round(bareRate), ratio: round(rate / bareRate), limit: leastRatio, pass: rate / bareRate >= leastRatio }),
	});
	const peak = ours.peakBytes / megabyte;
	report({
		...{ metric: `${name}, peak of memory`, value: Math.round(peak), unit: 'MB', limit: mostPeakMegabytes, pass: peak < mostPeakMegabytes },
		...(bare.peakBytes > 0 && { baseline: Math.round(bare.peakBytes / megabyte) }),
	});
	if (size > mostBareMegabytes) return;
	for (const peer of peers.filter((one) => one.pair === pair)) {
		const seconds = peerSeconds(peer.program, [...peer.args, source]);
		if (seconds !== null)
			report({
				metric: `${name}, beside ${peer.program}`,
				value: round(rate),
				unit: 'MB/s',
				baseline: round(size / seconds),
				ratio: round((rate * seconds) / size),
			});
	}
}

interface Turn {
	seconds: number;
	peakBytes: number;
}

function turn(file: string, flags: string[], args: string[]): Turn {
	const path = fileURLToPath(new URL(file, import.meta.url));
	const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, path, ...args], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
	return JSON.parse(stdout);
}

/** The quickest of a few rounds, for other work on the machine only ever makes it slower; the highest of the peaks. */
function keepBest(best: Turn, { seconds, peakBytes }: Turn): void {
	best.seconds = Math.min(best.seconds, seconds);
	best.peakBytes = Math.max(best.peakBytes, peakBytes);
}

/** How long another program takes; null where it is not there or cannot do it. */
function peerSeconds(program: string, args: string[]): number | null {
	const started = performance.now();
	const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
	return status === 0 ? (performance.now() - started) / 1000 : null;
}

/** An array of records, as a register of a school has them: numbers, decimals, texts with what has to be quoted, a list and a record inside. */
function writeRecords(path: string, megabytes: number): string {
	const file = openSync(path, 'w');
	let written = writeSync(file, '[');
	for (let id = 0; written < megabytes * megabyte; id++) {
		let text = '';
		for (let more = 0; more < 500; more++) text += `${id + more > 0 ? ',' : ''}\n${record(id + more)}`;
		id += 499;
		written += writeSync(file, text);
	}
	writeSync(file, '\n]\n');
	closeSync(file);
	return path;
}

function record(id: number): string {
	const answer = `Question ${id % 17}: "yes", because ${'the leaf is green; '.repeat(id % 5)}\n\tand 1 < 2 & so on.`;
	const marks = `[${id % 10},${(id % 7) / 2},null]`;
	return `{"id":${id},"name":"Zoë ${id.toString(36)}","score":${((id % 1000) / 10).toFixed(2)},"isPresent":${id % 3 === 0},"answer":${JSON.stringify(answer)},"address":{"street":"Hauptstraße ${id % 200}","code":"0${1000 + (id % 8999)}"},"marks":${marks}}`;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
