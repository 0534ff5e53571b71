import { desc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { JobState } from '#contract/jobs.ts';
import type { Download } from '#contract/market.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { job } from '../../platform/jobs/schema.ts';
import { type Bundle, bytesHere, bytesOf, downloadCheckpoint, downloadSpec, repairSpec, type SpecPart } from './downloadSpec.ts';
import type { PartsFolder } from './PartsFolder.ts';

export const downloadKindName = 'download';
export const repairKindName = 'repair';

/** What the market must know of a job beside what the jobs tell of it. */
export interface JobFacts {
	origin: Download['origin'];
	bytesTotal: number;
	/** Bytes of it that need not be fetched again, as the disk has them now; null for a repair. */
	bytesHere: (() => number) | null;
	/** The model that it is or was about. */
	modelId: string | null;
}

/** Reads the jobs of the market out of the table of jobs: whose parts are wanted still, and what each is about. */
export class DownloadJobs {
	readonly #db: Db;
	readonly #keptBytes: (part: SpecPart) => number;

	constructor(db: Db, parts: Pick<PartsFolder, 'keptBytes'>) {
		this.#db = db;
		this.#keptBytes = (part) => parts.keptBytes(part);
	}

	/** The job that fetches these very bytes and has not ended well; the newest, whoever asked for it. Null where there is none. */
	find(bundles: readonly Bundle[]): { id: string; ownerId: string; state: JobState } | null {
		const wanted = identityOf(bundles);
		return this.#unfinished().find((row) => identityOf(row.spec.bundles) === wanted) ?? null;
	}

	/** The parts that some job needs still: of those that have not ended, and of failed ones until they are dismissed. */
	wantedParts(): SpecPart[] {
		return this.#unfinished().flatMap(({ spec }) => spec.bundles.flatMap(({ parts }) => parts));
	}

	/** What is known of some jobs of an owner, by their id. */
	facts(ownerId: string, jobIds: readonly string[]): Map<string, JobFacts> {
		const rows = this.#db
			.select({ id: job.id, kind: job.kind, spec: job.spec, checkpoint: job.checkpoint })
			.from(job)
			.where(owned(job, ownerId, inArray(job.id, [...jobIds])))
			.all();
		return new Map(rows.map((row) => [row.id, row.kind === repairKindName ? repairFacts(row.spec) : downloadFacts(row, this.#keptBytes)]));
	}

	/** The downloads and repairs that wait because Homeroom was set to stay offline, whoever's they are. */
	pausedOffline(): { id: string; ownerId: string }[] {
		const isOffline = sql`json_extract(${job.failure}, '$.code') = 'OFFLINE'`;
		return this.#db
			.select({ id: job.id, ownerId: job.ownerId })
			.from(job)
			.where(everyOwner(job, inArray(job.kind, [downloadKindName, repairKindName]), eq(job.state, 'paused'), isOffline))
			.all();
	}

	#unfinished() {
		const wanted = sql`(${job.state} <> 'failed' or ${job.dismissed} = 0)`;
		// Everybody's: the same bytes are fetched once, and a part is kept while anybody wants it.
		const rows = this.#db
			.select({ id: job.id, ownerId: job.ownerId, state: job.state, spec: job.spec })
			.from(job)
			.where(everyOwner(job, eq(job.kind, downloadKindName), notInArray(job.state, ['completed', 'cancelled']), wanted))
			.orderBy(desc(job.createdAt))
			.all();
		return rows.flatMap(({ spec, ...row }) => {
			const read = downloadSpec.safeParse(spec);
			return read.success ? [{ ...row, spec: read.data }] : [];
		});
	}
}

function identityOf(bundles: readonly Bundle[]): string {
	return bundles.map(({ parts }) => parts.map(({ checksum }) => checksum).join('+')).join(' ');
}

function downloadFacts(row: { spec: unknown; checkpoint: unknown }, keptBytes: (part: SpecPart) => number): JobFacts {
	const spec = downloadSpec.safeParse(row.spec).data;
	const checkpoint = downloadCheckpoint.safeParse(row.checkpoint).data;
	const [first] = spec?.bundles ?? [];
	const origin = spec && first ? { source: spec.source, name: spec.name, fileId: first.id } : null;
	const modelIds = checkpoint?.modelIds ?? [];
	const here = () => (spec ? bytesHere(spec, modelIds, keptBytes) : 0);
	return { origin, bytesTotal: spec ? bytesOf(spec) : 0, bytesHere: here, modelId: modelIds[0] ?? null };
}

function repairFacts(spec: unknown): JobFacts {
	const read = repairSpec.safeParse(spec).data;
	return { origin: null, bytesTotal: read?.bytes ?? 0, bytesHere: null, modelId: read?.modelId ?? null };
}
