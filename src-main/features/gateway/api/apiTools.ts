import { api } from '#contract/api.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { Balance } from '#contract/ledger.ts';
import type { OfferedRoute } from '#contract/routes.ts';
import type { JobRunner } from '../../../platform/jobs/JobRunner.ts';
import { handlersFor } from '../../../platform/rpc/guard.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { Convert } from '../../convert/convert.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Grading } from '../../grading/grading.ts';
import type { Library } from '../../library/library.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Subtitles } from '../../subtitles/subtitles.ts';
import type { AnswerTools } from '../answerPaid.ts';
import type { ModelNames } from '../ModelNames.ts';
import type { HealthCheck } from './HealthCheck.ts';
import type { KeyedJobs } from './KeyedJobs.ts';

/** The doors that the HTTP API leads to. */
export interface ApiTools extends AnswerTools {
	accounts: Accounts;
	settings: Pick<Settings, 'get'>;
	library: Pick<Library, 'get'>;
	/** What loads models and takes them out of memory. */
	engine: Pick<Engine, 'load' | 'unload' | 'deployments'>;
	names: ModelNames;
	/** The routes that an account may use, and whether something behind each could answer. */
	routes: { offered(accountId: string): OfferedRoute[] };
	convert: Pick<Convert, 'file'>;
	grading: Pick<Grading, 'gradeOne'>;
	subtitles: Subtitles;
	jobs: JobRunner;
	keyedJobs: KeyedJobs;
	health: HealthCheck;
	/** Of Homeroom. */
	version: string;
}

/** What the handlers of the API's routes are made with. */
export const on = handlersFor(api).api;

/** Puts what was asked for into the form of every answer (contract/apiEnvelope.ts). */
export function answered<Data>(data: Data, message = 'Done.') {
	return { success: true as const, message, data, code: 200 as const, timestamp: new Date().toISOString() };
}

/** An instant as the API tells it. */
export function instantOf(at: number): string;
export function instantOf(at: number | null): string | null;
export function instantOf(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}

/** What is left of a balance, with what work that runs has set aside of it; null where nothing is counted off. */
export function remainingOf({ isMetered, available, reserved }: Pick<Balance, 'isMetered' | 'available' | 'reserved'>): number | null {
	return isMetered ? available + reserved : null;
}

/** The failure to end with where `signal` ended the work: its own, or that nobody waits for the answer any more. */
export function endedBy({ reason }: AbortSignal): Error {
	return isFailure(reason) ? reason : failure('SHUTTING_DOWN', {});
}
