import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { convertOrder } from '#contract/convertOrder.ts';
import { openConvert } from './openConvert.test-support.ts';

const kills = process.env.HOMEROOM_SOAK ? 40 : 4;

/** Runs the job in a process that is killed `afterMs` after it first told how far it is; tells whether it had come to its end. */
async function runUntilKilled(folder: string, conversionId: string, afterMs: number): Promise<boolean> {
	const script = join(import.meta.dirname, 'convertInChild.test-support.ts');
	const child = spawn(process.execPath, [script, folder, 'ann', conversionId], { stdio: ['ignore', 'pipe', 'inherit'] });
	child.stdout.once('data', () => {
		if (Number.isFinite(afterMs)) setTimeout(() => child.kill('SIGKILL'), afterMs);
	});
	const [code] = await new Promise<[number | null]>((resolve) => child.once('close', (ended) => resolve([ended])));
	return code === 0;
}

test(`a batch killed ${kills} times in the middle of a file goes on, and nothing half written ever has the name of a result`, {
	timeout: 600_000,
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-killed-'));
	const target = join(folder, 'out');
	mkdirSync(target);
	const rows = (name: string) => Array.from({ length: 6_000 }, (_, at) => ({ at, name: `${name} ${at}` }));
	const names = ['a', 'b', 'c', 'd'];
	const stage = openConvert(folder);
	const sent = names.map((name) => ({ fileName: `${name}.json`, bytes: new TextEncoder().encode(JSON.stringify(rows(name))), continues: false }));
	const { id } = await stage.convert.batches.send('ann', null, sent);
	const order = convertOrder.parse({ to: 'yaml', withSidecar: true });
	await stage.convert.batches.start('ann', id, order, { folder: target, existing: 'rename' });
	await stage.close();

	const whole = new Map<string, string>();
	for (let count = 0; count < kills; count++) {
		const isOver = await runUntilKilled(folder, id, 150 + count * 250);
		for (const name of readdirSync(target).filter((file) => file.endsWith('.yaml') && !file.startsWith('.'))) {
			const text = readFileSync(join(target, name), 'utf8');
			expect(text.endsWith(`- at: 5999\n  name: ${name[0]} 5999\n`)).toBe(true);
			whole.set(name, text);
		}
		if (isOver) break;
	}
	expect(await runUntilKilled(folder, id, Number.POSITIVE_INFINITY)).toBe(true);
	expect(readdirSync(target).sort()).toEqual(names.flatMap((name) => [`${name}.yaml`, `${name}.yaml.sidecar.json`]));
	for (const [name, text] of whole) expect(readFileSync(join(target, name), 'utf8')).toBe(text);

	const after = openConvert(folder);
	expect(after.convert.batches.filesOf('ann', id).map(({ state, resultName, hasSidecar }) => ({ state, resultName, hasSidecar }))).toEqual(
		names.map((name) => ({ state: 'done', resultName: `${name}.yaml`, hasSidecar: true })),
	);
	const back = await after.convert.back(readFileSync(join(target, 'd.yaml'), 'utf8'), readFileSync(join(target, 'd.yaml.sidecar.json')));
	expect(Buffer.from(back.bytes).toString()).toBe(JSON.stringify(rows('d')));
	await after.close();
	rmSync(folder, { recursive: true });
});
