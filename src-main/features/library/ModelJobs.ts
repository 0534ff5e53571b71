import { basename } from 'node:path';
import { failure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { bundleKey, readBundle } from './bundle.ts';
import type { CopyTools } from './CopyAct.ts';
import { type CopySpec, copyKind, copyModels } from './copyModels.ts';
import { onDisk } from './diskFailure.ts';
import { findFolder, type ModelFile } from './importPath.ts';
import { verifyModels } from './verifyModels.ts';

/** Queues what the library does slowly, for the person who asked for it; the title of a job is the name of its first model. */
export class ModelJobs {
	readonly #options: CopyTools & { jobs: Pick<JobRunner, 'register' | 'enqueue'> };

	constructor(options: CopyTools & { jobs: Pick<JobRunner, 'register' | 'enqueue'> }) {
		this.#options = options;
		options.jobs.register(verifyModels(options));
		for (const kind of copyModels(options)) options.jobs.register(kind);
	}

	/** Queues the job that reads every byte of the models and compares it with what it should be (verifyModels.ts). Throws NOT_FOUND. */
	verify(ownerId: string, modelIds: string[]): Job {
		const subjectIds = [...new Set(modelIds)];
		return this.#options.jobs.enqueue({ kind: 'verify', ownerId, title: this.#titleOf(subjectIds), spec: {}, subjectIds });
	}

	/**
	 * Queues the job that copies models with their facts and checksums to a folder (exportModels.ts).
	 *
	 * Throws NOT_FOUND, and FILE_NOT_FOUND, FILE_NOT_ALLOWED or DISK_FULL where the folder is not fit for it.
	 */
	async exportTo(ownerId: string, modelIds: string[], folder: string): Promise<Job> {
		const subjectIds = [...new Set(modelIds)];
		const title = this.#titleOf(subjectIds);
		const target = await findFolder(folder);
		if (target === this.#options.folder.path) throw failure('FILE_NOT_ALLOWED', { reason: 'insideLibrary' });
		const spec: CopySpec = { act: 'export', folder: target };
		return this.#options.jobs.enqueue({ kind: copyKind(spec.act), ownerId, title, spec, subjectIds });
	}

	/** Queues the job that takes in what `exportTo` wrote (importBundle.ts). Throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, BUNDLE_INVALID. */
	async importFrom(ownerId: string, folder: string): Promise<Job> {
		const source = await findFolder(folder);
		const models = await onDisk(source, 0, () => readBundle(source));
		const names = Object.fromEntries(models.map(({ files, name }) => [bundleKey(files), name]));
		const spec: CopySpec = { act: 'takeIn', folder: source, names };
		const subjectIds = models.map(({ files }) => bundleKey(files));
		return this.#options.jobs.enqueue({ kind: copyKind(spec.act), ownerId, title: models[0]?.name ?? '', spec, subjectIds });
	}

	/** Copies model files of this machine into the models folder (importCopies.ts). Throws DISK_FULL where there is no room for them. */
	async copyIn(ownerId: string, found: ModelFile[][]): Promise<Job> {
		const models = found.map((files) => ({ paths: files.map(({ path }) => path), sizeBytes: files.reduce((bytes, file) => bytes + file.sizeBytes, 0) }));
		const sizeBytes = models.reduce((bytes, model) => bytes + model.sizeBytes, 0);
		await onDisk(this.#options.folder.path, sizeBytes, () => checkRoom(this.#options.folder.path, { neededBytes: sizeBytes }));
		const spec: CopySpec = { act: 'import', models };
		const title = basename(models[0]?.paths[0] ?? '');
		return this.#options.jobs.enqueue({ kind: copyKind(spec.act), ownerId, title, spec, subjectIds: models.map((_, i) => String(i)) });
	}

	#titleOf(modelIds: string[]): string {
		const names = modelIds.map((modelId) => this.#options.table.get(modelId).name);
		return names[0] ?? '';
	}
}
