import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readJournal } from './Journal.ts';
import { workerFile } from './serveTransfers.test-support.ts';
import type { TransferTask } from './transfer.ts';

const script = fileURLToPath(new URL('./killedTransfer.ts', import.meta.url));

/**
 * Runs a transfer in a process of its own and kills it when `isTime` says so, asked whenever the server has sent more; tells whether
 * the file was complete before.
 */
export async function runUntilKilled(task: TransferTask, onSent: (listener: () => void) => void, isTime: () => boolean): Promise<boolean> {
	const child = spawn(process.execPath, [script, JSON.stringify({ ...task, workerFile })], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	child.stdout.on('data', (data: Buffer) => {
		printed += data.toString();
	});
	onSent(() => {
		if (isTime()) child.kill('SIGKILL');
	});
	await new Promise((resolve) => child.once('close', resolve));
	return printed.endsWith('complete');
}

/**
 * Bytes that a killed transfer had fetched and must fetch again: what lies in the blocks of the part file that the journal does not have.
 *
 * Bytes that were never written are zeros there, and random ones end in zeros too seldom to matter.
 */
export function lostBytes({ partFile, sizeBytes }: TransferTask): number {
	const read = readJournal(`${partFile}.journal`);
	if (!read) return 0;
	const { blockBytes } = read.header;
	const part = readFileSync(partFile);
	const blocks = Array.from({ length: Math.ceil(sizeBytes / blockBytes) }, (_, block) => block).filter((block) => !read.blocks.has(block));
	return blocks.reduce((lost, block) => lost + lengthWithoutZeros(part.subarray(block * blockBytes, (block + 1) * blockBytes)), 0);
}

function lengthWithoutZeros(bytes: Buffer): number {
	let length = bytes.length;
	while (length > 0 && bytes[length - 1] === 0) length--;
	return length;
}
