import { isFailure } from '#contract/errors.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';

/** No room, a disk that fails, being offline: what a person can mend. */
const mendable: ReadonlySet<string> = new Set(['DISK_FULL', 'DISK_FAILED', 'OFFLINE']);

/** Turns what a person must do something about into a pause of the job, which then goes on where it stood; anything else is left as it is. */
export function pauseForPerson(error: unknown): unknown {
	return isFailure(error) && mendable.has(error.code) ? new JobPaused(error) : error;
}
