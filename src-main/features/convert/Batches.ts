import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Conversion, ConversionFile } from '#contract/convertBatch.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import type { ConvertReport } from '#contract/convertReport.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import type { Job } from '#contract/jobs.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { ChangedRows } from '../../platform/rpc/ChangedRows.ts';
import { findFile, findFolder } from '../library/library.ts';
import type { ConversionFiles } from './ConversionFiles.ts';
import {
	type ConversionRow,
	fileOf,
	ofConversion,
	ofFiles,
	readConversion,
	readConversions,
	readFile,
	readFiles,
	readLastFile,
	readReport,
	titleOf,
} from './conversionRows.ts';
import type { ConversionSpec } from './convertFiles.ts';
import { extensionOf, formatOfName } from './knownFormats.ts';
import { resultNames, safeName, sidecarName } from './resultNames.ts';
import { conversion, conversionFile } from './schema.ts';

interface Tools {
	db: Db;
	jobs: JobRunner;
	files: ConversionFiles;
	now: () => number;
}

export interface SentFile {
	fileName: string;
	bytes: Uint8Array;
	/** It is the next part of the file that was sent before it. */
	continues: boolean;
}

/** Where results go: null keeps them here. */
export type Destination = { folder: string; existing: 'keep' | 'rename' | 'replace' } | null;

/** Files that are converted together: taken in, started, followed and fetched. Every method takes the owner first and sees that owner's rows alone. */
export class Batches {
	readonly #tools: Tools;
	readonly #changes = new ChangedRows();
	/** How far the files are that are being converted. */
	readonly #fractions = new Map<string, number>();

	constructor(tools: Tools) {
		this.#tools = tools;
		const { db, files, jobs } = tools;
		// Whoever's they are: nobody has asked for anything yet.
		db.update(conversionFile)
			.set({ state: 'waiting' })
			.where(everyOwner(conversionFile.conversionId, eq(conversionFile.state, 'running')))
			.run();
		const kept = db.select({ id: conversion.id }).from(conversion).where(everyOwner(conversion)).all();
		files.keepOnly(new Set(kept.map(({ id }) => id)));
		jobs.onChange((job) => {
			if (job.kind !== 'convert') return;
			const isIt = owned(conversion, job.ownerId, eq(conversion.jobId, job.id));
			const row = db.select({ id: conversion.id }).from(conversion).where(isIt).get();
			if (row) this.#changes.tell(row.id);
		});
	}

	/** Adds files, or parts of one, to a batch, or begins one with them. Throws NOT_FOUND, JOB_STATE, TOO_MANY_FILES, INVALID_INPUT, DISK_FULL and DISK_FAILED. */
	async send(ownerId: string, conversionId: string | null, sent: readonly SentFile[]): Promise<Conversion> {
		const batch = this.#openFor(ownerId, conversionId, sent.filter(({ continues }) => !continues).length);
		await this.#tools.files.folderOf(batch.id);
		for (const file of sent) await this.#take(batch, file);
		return this.#shown(readConversion(this.#tools.db, ownerId, batch.id));
	}

	async #take(batch: ConversionRow, { fileName, bytes, continues }: SentFile): Promise<void> {
		const { db, files } = this.#tools;
		const name = safeName(fileName);
		const last = readLastFile(db, batch.ownerId, batch.id);
		if (continues && (last?.name !== name || last.path !== null))
			throw failure('INVALID_INPUT', { issues: [{ path: 'files', message: 'There is no file that this would continue.' }] });
		const id = continues && last ? last.id : this.#add(db, batch, [{ name, path: null, sizeBytes: 0 }])[0];
		if (id === undefined) throw new Error('a file was not added');
		const isIt = ofFiles(batch.ownerId, batch.id, eq(conversionFile.id, id));
		try {
			const sizeBytes = (continues && last ? last.sizeBytes : 0) + bytes.length;
			if (sizeBytes > convertLimits.fileBytes) throw failure('TOO_LARGE', { limitBytes: convertLimits.fileBytes });
			await files.append(batch.id, id, bytes);
			db.update(conversionFile).set({ sizeBytes }).where(isIt).run();
		} catch (error) {
			// None is kept of which a part is missing.
			db.delete(conversionFile).where(isIt).run();
			await files.dropSource(batch.id, id);
			throw error;
		}
	}

	/** Adds a file of this machine, or those of a folder that can be converted, to a batch or begins one. Throws also FILE_NOT_FOUND and FILE_NOT_ALLOWED. */
	async addPath(ownerId: string, conversionId: string | null, path: string): Promise<Conversion> {
		const found = await findSources(path);
		const batch = this.#openFor(ownerId, conversionId, found.length);
		immediate(this.#tools.db, (tx) => this.#add(tx, batch, found));
		return this.#shown(readConversion(this.#tools.db, ownerId, batch.id));
	}

	dropFile(ownerId: string, conversionId: string, fileId: string): Conversion {
		const { db, files } = this.#tools;
		this.#refuseUnlessOver(readConversion(db, ownerId, conversionId));
		readFile(db, ownerId, conversionId, fileId);
		db.delete(conversionFile)
			.where(ofFiles(ownerId, conversionId, eq(conversionFile.id, fileId)))
			.run();
		void files.dropSource(conversionId, fileId);
		return this.#shown(readConversion(db, ownerId, conversionId));
	}

	/** Queues the job of a batch; one that was converted before is converted anew. Throws JOB_STATE while it is at work or holds no file, and for a folder as `findFolder`. */
	async start(ownerId: string, conversionId: string, order: ConvertOrder, destination: Destination): Promise<Conversion> {
		const { db, jobs } = this.#tools;
		const folder = destination && (await findFolder(destination.folder));
		immediate(db, (tx) => {
			this.#refuseUnlessOver(readConversion(tx, ownerId, conversionId));
			const rows = readFiles(tx, ownerId, conversionId);
			if (rows.length === 0) throw failure('JOB_STATE', { state: 'empty' });
			const names = resultNames(
				rows.map(({ name }) => name),
				extensionOf(order.to),
			);
			const nothing = { state: 'waiting', report: null, counts: null, failure: null, resultBytes: null, sidecarBytes: null, from: null } as const;
			for (const [at, { id }] of rows.entries())
				tx.update(conversionFile)
					.set({ ...nothing, resultName: names[at] ?? null })
					.where(ofFiles(ownerId, conversionId, eq(conversionFile.id, id)))
					.run();
			const title = titleOf(rows.map(({ name }) => name));
			const spec: ConversionSpec = { conversionId, order, names: Object.fromEntries(rows.map(({ id, name }) => [id, name])) };
			const job = jobs.enqueue({ kind: 'convert', ownerId, title, spec, subjectIds: rows.map(({ id }) => id) }, tx);
			const started = { order, folder, existing: destination?.existing ?? 'keep', jobId: job.id } as const;
			tx.update(conversion).set(started).where(ofConversion(ownerId, conversionId)).run();
		});
		this.changed(conversionId, this.#idsOf(ownerId, conversionId));
		return this.#shown(readConversion(db, ownerId, conversionId));
	}

	list(ownerId: string): Conversion[] {
		return readConversions(this.#tools.db, ownerId).map((row) => this.#shown(row));
	}

	filesOf(ownerId: string, conversionId: string, ids?: readonly string[]): ConversionFile[] {
		readConversion(this.#tools.db, ownerId, conversionId);
		return readFiles(this.#tools.db, ownerId, conversionId, ids).map((row) => fileOf(row, this.#fractions.get(row.id) ?? 0));
	}

	/** The batch now, then again with the files that changed. */
	watch(ownerId: string, conversionId: string, signal?: AbortSignal): AsyncIterable<{ conversion: Conversion; changed: ConversionFile[] }> {
		readConversion(this.#tools.db, ownerId, conversionId);
		return this.#follow(ownerId, conversionId, signal);
	}

	/** Throws NOT_FOUND also where a file has no report. */
	report(ownerId: string, conversionId: string, fileId: string): ConvertReport {
		const report = readReport(this.#tools.db, ownerId, conversionId, fileId);
		if (!report) throw failure('NOT_FOUND', { what: 'report' });
		return report;
	}

	/** A piece of a result that is kept here, or of its sidecar. Throws NOT_FOUND where there is none, and DISK_FAILED. */
	async result(
		ownerId: string,
		conversionId: string,
		fileId: string,
		{ part, from }: { part: 'result' | 'sidecar'; from: number },
	): Promise<{ fileName: string; bytes: Uint8Array; sizeBytes: number }> {
		const { db, files } = this.#tools;
		const { state, resultName, sidecarBytes } = readFile(db, ownerId, conversionId, fileId);
		if (state !== 'done' || resultName === null || readConversion(db, ownerId, conversionId).folder !== null) throw failure('NOT_FOUND', { what: 'result' });
		if (part === 'sidecar' && sidecarBytes === null) throw failure('NOT_FOUND', { what: 'sidecar' });
		const name = basename(resultName);
		const [fileName, file] = part === 'result' ? [name, files.result(conversionId, fileId)] : [sidecarName(name), files.sidecar(conversionId, fileId)];
		return { fileName, ...(await files.readPiece(file, from, convertLimits.pieceBytes)) };
	}

	/** Deletes a batch with what was sent for it and the results that are kept here. Throws JOB_STATE while its job is not over. */
	remove(ownerId: string, conversionId: string): void {
		const { db, files } = this.#tools;
		this.#refuseUnlessOver(readConversion(db, ownerId, conversionId));
		db.delete(conversion).where(ofConversion(ownerId, conversionId)).run();
		files.drop(conversionId);
	}

	/** All batches of an owner, to take away: what was made of which file, without the files. */
	*exportOf(store: Store, ownerId: string): Generator<unknown> {
		for (const { ownerId: _ownerId, ...row } of readConversions(store, ownerId)) yield { ...row, files: readFiles(store, ownerId, row.id) };
	}

	/** Their files go when the app is started next, or at once where that can be. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(conversion).where(owned(conversion, ownerId)).run();
	}

	/** Says that files of a batch changed. */
	changed(conversionId: string, fileIds: readonly string[]): void {
		for (const id of fileIds) this.#fractions.delete(id);
		this.#changes.tell(conversionId, fileIds);
	}

	/** Says how far a file is. */
	tellFraction(conversionId: string, fileId: string, fraction: number): void {
		this.#fractions.set(fileId, fraction);
		this.#changes.tell(conversionId, [fileId]);
	}

	/** A batch that takes `count` more files. */
	#openFor(ownerId: string, conversionId: string | null, count: number): ConversionRow {
		const { db, now } = this.#tools;
		const there = conversionId === null ? 0 : this.#idsOf(ownerId, conversionId).length;
		if (there + count > convertLimits.files) throw failure('TOO_MANY_FILES', { limit: convertLimits.files, found: there + count });
		if (conversionId !== null) {
			const row = readConversion(db, ownerId, conversionId);
			this.#refuseUnlessOver(row);
			return row;
		}
		return db.insert(conversion).values({ id: randomUUID(), ownerId, createdAt: now() }).returning().get();
	}

	#add(store: Store, batch: ConversionRow, found: readonly { name: string; path: string | null; sizeBytes: number }[]): string[] {
		const first = (readLastFile(store, batch.ownerId, batch.id)?.position ?? -1) + 1;
		return found.map((file, at) => {
			const id = randomUUID();
			store
				.insert(conversionFile)
				.values({ id, conversionId: batch.id, position: first + at, ...file })
				.run();
			return id;
		});
	}

	#idsOf(ownerId: string, conversionId: string): string[] {
		return readFiles(this.#tools.db, ownerId, conversionId).map(({ id }) => id);
	}

	#shown({ ownerId, id, order, folder, jobId, createdAt }: ConversionRow): Conversion {
		const rows = readFiles(this.#tools.db, ownerId, id);
		const job = this.#jobOf(ownerId, jobId);
		const count = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).length;
		return {
			...{ id, order, folder, createdAt, title: titleOf(rows.map(({ name }) => name)) },
			job: job && { id: job.id, state: job.state, failure: job.failure },
			counts: {
				files: rows.length,
				done: count(({ state }) => state === 'done'),
				failed: count(({ state }) => state === 'failed'),
				lossy: count(({ state, counts }) => state === 'done' && (counts?.lost ?? 0) > 0),
			},
		};
	}

	#jobOf(ownerId: string, jobId: string | null): Job | null {
		try {
			return jobId === null ? null : this.#tools.jobs.get(ownerId, jobId);
		} catch (error) {
			// Jobs that ended are not kept for ever.
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}

	#refuseUnlessOver({ ownerId, jobId }: ConversionRow): void {
		const job = this.#jobOf(ownerId, jobId);
		if (job && !isJobOver(job.state)) throw failure('JOB_STATE', { state: job.state });
	}

	async *#follow(ownerId: string, conversionId: string, signal?: AbortSignal): AsyncGenerator<{ conversion: Conversion; changed: ConversionFile[] }> {
		for await (const ids of this.#changes.watch(conversionId, signal))
			yield {
				conversion: this.#shown(readConversion(this.#tools.db, ownerId, conversionId)),
				changed: ids.length === 0 ? [] : this.filesOf(ownerId, conversionId, ids),
			};
	}
}

/** The files that a path stands for: itself, or all below it whose names are those of a format, but for hidden ones and links. */
async function findSources(path: string): Promise<{ name: string; path: string; sizeBytes: number }[]> {
	const folder = await findFolder(path).catch((error: unknown) => {
		if (isFailure(error, 'FILE_NOT_ALLOWED') && error.data.reason === 'notAFolder') return null;
		throw error;
	});
	if (folder === null) {
		const file = await findFile(path);
		return [{ name: safeName(basename(file.path)), path: file.path, sizeBytes: file.sizeBytes }];
	}
	return await onDiskOf(folder, async () => {
		const found: { name: string; path: string; sizeBytes: number }[] = [];
		for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
			const file = join(entry.parentPath, entry.name);
			const below = relative(folder, file).split(sep);
			if (!entry.isFile() || below.some((part) => part.startsWith('.')) || formatOfName(entry.name) === null) continue;
			found.push({ name: safeName([basename(folder), ...below].join('/')), path: file, sizeBytes: (await stat(file)).size });
			if (found.length > convertLimits.files) throw failure('TOO_MANY_FILES', { limit: convertLimits.files, found: found.length });
		}
		return found.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	});
}
