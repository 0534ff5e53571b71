import type { Job } from '#contract/jobs.ts';
import type { Download } from '#contract/market.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { latest } from '../../platform/rpc/latest.ts';
import { type DownloadJobs, downloadKindName, type JobFacts, repairKindName } from './DownloadJobs.ts';
import type { Figures, LiveFigures } from './LiveFigures.ts';

const everyMs = 250;

interface Watched {
	jobs: Pick<JobRunner, 'list' | 'onChange'>;
	downloads: DownloadJobs;
	live: LiveFigures;
}

/** Streams all downloads and repairs of an owner: now, and after changes at most four times a second. */
export function watchDownloads(ownerId: string, watched: Watched, signal?: AbortSignal): AsyncIterable<Download[]> {
	return latest<Download[]>(
		(push) => {
			const pace = paced(() => push(listDownloads(ownerId, watched)));
			const undo = [
				watched.live.onChange(pace.tell),
				watched.jobs.onChange((job) => {
					if (job.ownerId === ownerId && isOurs(job)) pace.tell();
				}),
			];
			pace.tell();
			return () => {
				pace.stop();
				for (const each of undo) each();
			};
		},
		{ signal },
	);
}

/** All downloads and repairs of an owner, the newest first. */
function listDownloads(ownerId: string, { jobs, downloads, live }: Watched): Download[] {
	const list = jobs.list(ownerId).filter(isOurs);
	const facts = downloads.facts(
		ownerId,
		list.map(({ id }) => id),
	);
	return list.flatMap((job) => {
		const known = facts.get(job.id);
		return known ? [viewDownload(job, known, live.get(job.id))] : [];
	});
}

/** One download as it is shown. */
function viewDownload(job: Job, { origin, bytesTotal, bytesHere, modelId }: JobFacts, live: Figures | null): Download {
	const figures: Figures = live ?? { phase: 'connecting', waiting: null, bytesDone: bytesAtRest(), bytesPerSecond: null };
	const { bytesDone, bytesPerSecond } = figures;
	const remainingMs = bytesPerSecond ? Math.round(((bytesTotal - bytesDone) / bytesPerSecond) * 1000) : null;
	return { job, origin, ...figures, bytesTotal, remainingMs, modelId };

	function bytesAtRest(): number {
		if (job.state === 'completed') return bytesTotal;
		// A cancelled one has lost its part; how far it came is history.
		const bytes = bytesHere === null || job.state === 'cancelled' ? Math.round(job.fraction * bytesTotal) : bytesHere();
		return Math.min(bytes, bytesTotal);
	}
}

function isOurs({ kind }: Job): boolean {
	return kind === downloadKindName || kind === repairKindName;
}

/** Acts at once when told, and then once for all that is told within the next quarter of a second. */
function paced(act: () => void) {
	let timer: NodeJS.Timeout | null = null;
	let told = false;
	const tell = () => {
		if (timer !== null) {
			told = true;
			return;
		}
		told = false;
		timer = setTimeout(() => {
			timer = null;
			if (told) tell();
		}, everyMs);
		act();
	};
	return { tell, stop: () => clearTimeout(timer ?? undefined) };
}
