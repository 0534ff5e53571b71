import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../../platform/disk/syncFolder.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { RunProgress, TrainingRun } from './TrainingRun.ts';

/** What a checkpoint begins with, as one line of JSON; the numbers follow, little-endian F32. */
interface CheckpointHead {
	format: 'homeroom-checkpoint-1';
	fingerprint: string;
	progress: RunProgress;
	optimizerSteps: number;
	/** Of the numbers. */
	sha256: string;
}

/**
 * Writes down all that a run needs to go on exactly: the adapter's values, the optimizer's state and how far the run is.
 *
 * The file is replaced as a whole and is on the disk when this returns (written beside it as `.part`, synced, renamed): whenever the
 * process or the power ends, the one under the name is whole. The run may not step meanwhile.
 */
export async function writeCheckpoint(file: string, run: TrainingRun): Promise<void> {
	const numbers = statesOf(run).map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
	const head: CheckpointHead = {
		format: 'homeroom-checkpoint-1',
		fingerprint: run.fingerprint,
		progress: run.progress,
		optimizerSteps: run.optimizer.steps,
		sha256: hashOf(numbers),
	};
	const part = `${file}.part`;
	try {
		const handle = await open(part, 'w', 0o600);
		try {
			await handle.writeFile(`${JSON.stringify(head)}\n`);
			for (const array of numbers) await handle.writeFile(array);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(part, file);
		await syncFolder(dirname(file));
	} catch (error) {
		await rm(part, { force: true });
		throw error;
	}
}

/**
 * Puts a run where its checkpoint is. It then gives the same losses as if it had never stopped.
 *
 * A file that is damaged, or of a run with another model, other examples or other settings, is refused (`badCheckpoint`), and the run
 * is as it was.
 */
export async function resumeFrom(file: string, run: TrainingRun): Promise<void> {
	const content = await readFile(file);
	const lineEnd = content.indexOf('\n');
	const head = readHead(content.subarray(0, Math.max(0, lineEnd)).toString('utf8'));
	const states = statesOf(run);
	const numbers = content.subarray(lineEnd + 1);
	if (head.fingerprint !== run.fingerprint)
		throw new TrainerRefusal('badCheckpoint', 'This checkpoint is of a run with another model, other examples or other settings.');
	if (numbers.length !== states.reduce((sum, { byteLength }) => sum + byteLength, 0) || hashOf([numbers]) !== head.sha256)
		throw new TrainerRefusal('badCheckpoint', 'This checkpoint is damaged.');
	let offset = 0;
	for (const array of states) {
		new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(numbers.subarray(offset, offset + array.byteLength));
		offset += array.byteLength;
	}
	run.optimizer.steps = head.optimizerSteps;
	run.progress = head.progress;
	run.trainer.adapter.upload();
}

function statesOf({ trainer, optimizer }: TrainingRun): Float32Array[] {
	return [...trainer.adapter.parameters.map(({ values }) => values), ...optimizer.moments.flatMap(({ first, second }) => [first, second])];
}

function hashOf(arrays: readonly Uint8Array[]): string {
	const hash = createHash('sha256');
	for (const array of arrays) hash.update(array);
	return hash.digest('hex');
}

function readHead(line: string): CheckpointHead {
	try {
		// Checked in the next line; the rest is guarded by the fingerprint and the hash.
		const head = JSON.parse(line) as CheckpointHead;
		if (head.format === 'homeroom-checkpoint-1' && Number.isInteger(head.progress.step)) return head;
	} catch (cause) {
		throw new TrainerRefusal('badCheckpoint', 'This file is no checkpoint.', { cause });
	}
	throw new TrainerRefusal('badCheckpoint', 'This checkpoint is of another version.');
}
