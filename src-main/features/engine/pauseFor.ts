import { isFailure } from '#contract/errors.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { isAdapterFailure } from './adapterShelf.ts';

/** Why a job that asks a model is to pause itself: the balance is used up, or model or adapter are not (any more) what the owner can use. Null: for neither. */
export function pauseFor(error: unknown): JobPaused | null {
	if (error instanceof JobPaused) return error;
	const isForOwner = isFailure(error, 'INSUFFICIENT_TOKENS') || (isFailure(error, 'NOT_FOUND') && error.data.what === 'model') || isAdapterFailure(error);
	return isForOwner && isFailure(error) ? new JobPaused(error) : null;
}
