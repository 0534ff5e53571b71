import { existsSync } from 'node:fs';

/** One measured figure. `ratio` is `value` against `baseline`, both from the same run; `pass` compares it with `limit`. */
export interface BenchRow {
	metric: string;
	value: number;
	unit: string;
	baseline?: number;
	ratio?: number;
	/** What the ratio, or where there is none the value, must not miss. */
	limit?: number;
	pass?: boolean;
}

export type Report = (row: BenchRow) => void;

const [name] = process.argv.slice(2);
// `train-scale` is in trainScale.ts.
const file = new URL(`./${name?.replace(/-./g, (dash) => dash.slice(1).toUpperCase())}.ts`, import.meta.url);
if (!name || !/^[a-z]+(-[a-z]+)*$/.test(name) || name === 'run' || !existsSync(file)) {
	console.error(
		'usage: npm run bench -- engine | class | class-kills | grading-trust | ipc | start | signin | ledger | download | resume | failover | faults | fit | grading-ui | ui | train | train-scale | subtitles | film | translate | convert | cache | gateway | search | package',
	);
	process.exit(2);
}

let missed = false;
// Each bench's module exports `run`, as its neighbours do.
const bench = (await import(file.href)) as { run(report: Report): Promise<void> };
await bench.run((row) => {
	console.log(JSON.stringify({ bench: name, ...row }));
	if (row.pass === false) missed = true;
});
process.exit(missed ? 1 : 0);
