import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { lostBytes, runUntilKilled } from '../src-main/features/market/transfer/killTransfer.test-support.ts';
import { openStage } from '../src-main/features/market/transfer/serveTransfers.test-support.ts';
import { transfer } from '../src-main/features/market/transfer/transfer.ts';
import type { Report } from './run.ts';

const kills = 50;
const fileBytes = 64 * 1_048_576;
const mostLostBytes = 8 * 1_048_576;

/**
 * 50 downloads of 64 MiB, each in a process that is killed with SIGKILL at a random point and then gone on with: whether the file is
 * right, and how much was fetched again. What the kernels held at the kill was sent in vain too; it is told apart, as it was never had.
 */
export async function run(report: Report): Promise<void> {
	let right = 0;
	const lost: number[] = [];
	const sentAgain: number[] = [];
	for (let kill = 0; kill < kills; kill++) {
		const stage = await openStage(fileBytes, ({ path }) => (path === '/cdn' ? { kind: 'slow', pieceBytes: 65_536, everyMs: 2 } : null));
		const killAt = Math.random() * fileBytes * 0.95;
		if (await runUntilKilled(stage.task, stage.onSent, () => stage.sentBytes() >= killAt)) throw new Error('it was complete before it was killed');
		lost.push(lostBytes(stage.task));
		await transfer(stage.task, stage.options());
		const sha256 = createHash('sha256')
			.update(await readFile(stage.task.partFile))
			.digest('hex');
		if (`sha256:${sha256}` === stage.task.checksum) right++;
		sentAgain.push(stage.sentBytes() - fileBytes);
		stage.close();
	}
	report({ metric: `right files after ${kills} kills`, value: right, unit: 'files', limit: kills, pass: right === kills });
	report({ metric: 'fetched again for a kill, most', value: Math.max(...lost), unit: 'bytes', limit: mostLostBytes, pass: Math.max(...lost) <= mostLostBytes });
	report({ metric: 'the same with what waited in the kernels, most', value: Math.max(...sentAgain), unit: 'bytes' });
}
