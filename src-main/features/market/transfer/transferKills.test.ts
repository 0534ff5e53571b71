import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lostBytes, runUntilKilled } from './killTransfer.test-support.ts';
import { openStage } from './serveTransfers.test-support.ts';
import { transfer } from './transfer.ts';

const isSoak = process.env.HOMEROOM_SOAK !== undefined;
const kills = isSoak ? 50 : 4;
const cuts = 50;
const fileBytes = (isSoak ? 64 : 16) * 1_048_576;
const mebibyte = 1_048_576;

async function sha256Of(path: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(path), hash);
	return `sha256:${hash.digest('hex')}`;
}

test(`D1 a transfer whose connections are cut at ${cuts} random bytes ends in the right file, with nothing fetched twice`, async () => {
	const points = fc.array(fc.integer({ min: 0, max: Math.floor((2 * 64 * mebibyte) / cuts) }), { minLength: cuts, maxLength: cuts });
	await fc.assert(
		fc.asyncProperty(points, async (chosen) => {
			const stage = await openStage(64 * mebibyte, ({ path, index }) => {
				const byte = path === '/cdn' ? chosen[index] : undefined;
				return byte === undefined ? null : { kind: 'dropAt', byte };
			});
			try {
				const tempo = { firstWaitMs: 1, mostWaitMs: 5, tries: cuts + 1 };
				await transfer(stage.task, stage.options({ tempo }));
				expect(await sha256Of(stage.task.partFile)).toBe(stage.task.checksum);
				const starts = stage.ranges.map((range) => range?.split('-')[0]);
				// One that was cut before its first byte asks for the same again.
				const emptied = stage.ranges.filter((_, i) => chosen[i] === 0).length;
				expect(starts.length - new Set(starts).size).toBeLessThanOrEqual(emptied);
			} finally {
				stage.close();
			}
		}),
		{ numRuns: 1, endOnFailure: true },
	);
});

test(`D1 a transfer killed ${kills} times at random points ends in the right file, with at most 1 MiB fetched twice for each kill`, {
	timeout: 600_000,
}, async () => {
	const points = fc.array(fc.double({ min: 0.05, max: 0.9, noNaN: true }), { minLength: kills, maxLength: kills });
	await fc.assert(
		fc.asyncProperty(points, async (chosen) => {
			const stage = await openStage(fileBytes, ({ path }) => (path === '/cdn' ? { kind: 'slow', pieceBytes: 65_536, everyMs: 4 } : null));
			try {
				for (const point of chosen) {
					const killAt = stage.sentBytes() + (point * fileBytes) / kills;
					expect(await runUntilKilled(stage.task, stage.onSent, () => stage.sentBytes() >= killAt)).toBe(false);
					expect(lostBytes(stage.task)).toBeLessThanOrEqual(mebibyte);
				}
				await transfer(stage.task, stage.options());
				expect(await sha256Of(stage.task.partFile)).toBe(stage.task.checksum);
			} finally {
				stage.close();
			}
		}),
		{ numRuns: 1, endOnFailure: true },
	);
});
