import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import pino from 'pino';
import { expect, test } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { migrationsFolder } from '../database/temporaryDatabase.ts';

const kills = process.env.HOMEROOM_SOAK ? 100 : 10;
const items = 200;
const script = fileURLToPath(new URL('./crashingJob.ts', import.meta.url));

/** Runs the job in a process that is killed once it printed `dots` items and waited `extraMs`; tells whether it was complete before that. */
async function runUntilKilled(file: string, dots: number, extraMs: number): Promise<boolean> {
	const child = spawn(process.execPath, [script, file, String(items)], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	const kill = () => setTimeout(() => child.kill('SIGKILL'), extraMs);
	if (dots === 0) child.once('spawn', kill);
	child.stdout.on('data', (data: Buffer) => {
		const before = printed.length;
		printed += data.toString();
		if (dots > 0 && before < dots && printed.length >= dots) kill();
	});
	await new Promise((resolve) => child.once('close', resolve));
	return printed.endsWith('complete');
}

test(`a job over ${items} items killed ${kills} times at random points has each item done once with one result`, { timeout: 600_000 }, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-crash-'));
	const file = join(folder, 'homeroom.db');
	const most = Math.floor((2 * items) / kills) - 2;
	// One run of the property, so that fast-check prints its seed when it fails.
	const points = fc.array(fc.record({ dots: fc.integer({ min: 0, max: most }), extraMs: fc.integer({ min: 0, max: 20 }) }), {
		minLength: kills,
		maxLength: kills,
	});
	await fc.assert(
		fc.asyncProperty(points, async (chosen) => {
			for (const { dots, extraMs } of chosen) await runUntilKilled(file, dots, extraMs);
			expect(await runUntilKilled(file, Number.POSITIVE_INFINITY, 0)).toBe(true);
		}),
		{ numRuns: 1, endOnFailure: true },
	);
	const { db, close } = openDatabase({ file, migrationsFolder, log: pino({ enabled: false }) });
	const left = db.all(sql`select state, count(*) n from job_item where job_id is not null group by state`);
	const written = db.all(sql`select position, count(*) n, min(subject_id) subject from result group by position order by position`);
	expect(left).toEqual([{ state: 'done', n: items }]);
	expect(written).toEqual(Array.from({ length: items }, (_, position) => ({ position, n: 1, subject: `s${position}` })));
	expect(db.$client.pragma('quick_check', { simple: true })).toBe('ok');
	close();
	rmSync(folder, { recursive: true });
});
