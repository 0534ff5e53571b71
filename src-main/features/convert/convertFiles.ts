import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { convertLimits } from '#contract/convertLimits.ts';
import { convertOrder } from '#contract/convertOrder.ts';
import { isFailure, toFailureRecord } from '#contract/errors.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { diskFailure } from '../../platform/disk/diskFailure.ts';
import { freeBytes } from '../../platform/disk/room.ts';
import type { JobItem, JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { ThreadEnded } from '../../platform/process/TaskThreads.ts';
import type { ConversionFiles } from './ConversionFiles.ts';
import { type ConversionRow, type FileRow, ofFiles, readConversion, readFile } from './conversionRows.ts';
import type { ConvertedFile, ConvertThreads } from './convertTasks.ts';
import { stoppedFor } from './failureOf.ts';
import { placeResult, takeBackResult } from './placeResult.ts';
import { sidecarName } from './resultNames.ts';
import { conversionFile } from './schema.ts';

/** `names`: of the files, by their ids. */
const conversionSpec = z.strictObject({ conversionId: z.string(), order: convertOrder, names: z.record(z.string(), z.string()) });
export type ConversionSpec = z.infer<typeof conversionSpec>;

interface Tools {
	db: Db;
	log: Logger;
	files: ConversionFiles;
	threads: ConvertThreads;
	/** How far a file is. */
	tellFraction(conversionId: string, fileId: string, fraction: number): void;
	changed(conversionId: string, fileIds: readonly string[]): void;
}

/**
 * The job that converts the files of a batch, one after the other; each item is a file.
 *
 * A result is written under another name and gets its own when it is whole. Paused, cancelled or interrupted, the file that it was at is begun anew;
 * one that cannot be converted fails alone.
 */
export function convertFiles(tools: Tools): JobKind {
	return {
		kind: 'convert',
		concurrency: 2,
		nameItem: (spec, fileId) => conversionSpec.parse(spec).names[fileId] ?? null,
		async run(run) {
			const { conversionId, order } = conversionSpec.parse(run.spec);
			for (const item of run.pendingItems()) {
				if (run.signal.aborted) return;
				const batch = readConversion(tools.db, run.ownerId, conversionId);
				const file = readFile(tools.db, run.ownerId, conversionId, item.subjectId);
				run.progress({ detail: file.name });
				await convertOne(tools, run, { item, batch: { ...batch, order }, file });
			}
		},
	};
}

interface Turn {
	item: JobItem;
	batch: ConversionRow & { order: z.infer<typeof convertOrder> };
	file: FileRow;
}

async function convertOne(tools: Tools, run: JobRun, { item, batch, file }: Turn): Promise<void> {
	const { db, files, changed } = tools;
	const isIt = ofFiles(run.ownerId, batch.id, eq(conversionFile.id, file.id));
	const mark = (state: FileRow['state']) => {
		db.update(conversionFile).set({ state }).where(isIt).run();
		changed(batch.id, [file.id]);
	};
	// Beside where the result is to be, so that it gets its name without being copied.
	const { folder } = batch;
	const part = folder === null ? files.result(batch.id, file.id) : join(folder, `.${file.id}.part`);
	const sidecarPart = folder === null ? files.sidecar(batch.id, file.id) : join(folder, `.${file.id}.sidecar.part`);
	const dropParts = () => Promise.all([part, sidecarPart].map((path) => rm(path, { force: true })));
	mark('running');
	try {
		await files.folderOf(batch.id);
		if (folder !== null) await takeBack({ part, sidecarPart, folder, name: file.resultName ?? file.name });
		const source = file.path ?? files.source(batch.id, file.id);
		const made = await tools.threads.convertFile(
			{ source, name: file.name, part, sidecarPart, order: batch.order, mostBytes: convertLimits.wholeBytes },
			{ signal: run.signal, onProgress: (fraction) => tools.tellFraction(batch.id, file.id, fraction) },
		);
		run.signal.throwIfAborted();
		const name = file.resultName ?? file.name;
		const resultName = folder === null ? name : await placeResult(part, folder, name, batch.existing);
		if (folder !== null && made.sidecarBytes !== null)
			await placeResult(sidecarPart, folder, sidecarName(resultName), batch.existing === 'replace' ? 'replace' : 'rename');
		run.completeItem(item.position, (tx) =>
			tx
				.update(conversionFile)
				.set({ ...doneOf(made), resultName })
				.where(isIt)
				.run(),
		);
		if (folder !== null) await dropParts();
		changed(batch.id, [file.id]);
	} catch (error) {
		await dropParts();
		if (run.signal.aborted) return mark('waiting');
		const failed = await failureOf(error, folder);
		if (!failed) tools.log.error({ err: error, fileId: file.id }, 'a file could not be converted');
		const record = toFailureRecord(failed ?? error, file.id);
		run.failItem(item.position, record, (tx) => tx.update(conversionFile).set({ state: 'failed', failure: record }).where(isIt).run());
		changed(batch.id, [file.id]);
	}
}

/** Takes back what was placed and not written down: the sidecar was called after the result. */
async function takeBack({ part, sidecarPart, folder, name }: { part: string; sidecarPart: string; folder: string; name: string }): Promise<void> {
	const had = await takeBackResult(part, folder, name);
	await takeBackResult(sidecarPart, folder, sidecarName(had ?? name));
}

function doneOf({ report, resultBytes, sidecarBytes }: ConvertedFile): Partial<typeof conversionFile.$inferSelect> {
	return { state: 'done', failure: null, from: report.from, counts: report.counts, report, resultBytes, sidecarBytes };
}

/** What people are told; null where it is a bug. */
async function failureOf(error: unknown, folder: string | null) {
	if (isFailure(error)) return error;
	if (error instanceof ThreadEnded) return stoppedFor(error);
	return diskFailure(error, { neededBytes: 0, freeBytes: folder === null ? 0 : await freeBytes(folder).catch(() => 0) });
}
