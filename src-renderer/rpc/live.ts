import { useSyncExternalStore } from 'react';
import type { Deployment } from '#contract/engine.ts';
import type { Dataset } from '#contract/finetune.ts';
import type { Job } from '#contract/jobs.ts';
import type { Balance, Price } from '#contract/ledger.ts';
import type { Model } from '#contract/library.ts';
import type { OfferedRoute } from '#contract/routes.ts';
import type { Settings } from '#contract/settings.ts';
import { client } from './client.ts';
import { useMay } from './useMe.ts';
import { type WatchMeta, watchStream } from './watchStream.ts';

/** A list of the app as it is now; `value` is null until the first answer. */
export interface Live<T> {
	value: T | null;
	error: unknown;
}

/** A stream that the app refused is asked for again after this. */
const refusedPauseMs = 5000;
/** A stream that nobody follows any more stays open for this long: the screen that comes next often wants the same, which is then there already. */
const leavingMs = 1000;

/**
 * Makes a hook that follows one stream of the app, shared by all who use it and open only while somebody does, and for a moment after.
 *
 * The last value is kept between users, so that a screen that comes back shows it at once. With `isAllowed` false it is not asked for:
 * the reader's account may not see it.
 */
export function createLive<T>(
	open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
	merge: (old: T | null, next: T, meta: WatchMeta) => T = (_old, next) => next,
): (isAllowed?: boolean) => Live<T> {
	const nothing: Live<T> = { value: null, error: null };
	let state: Live<T> = { value: null, error: null };
	const listeners = new Set<() => void>();
	let stop: (() => void) | null = null;
	let leaving: ReturnType<typeof setTimeout> | undefined;

	const set = (next: Live<T>) => {
		state = next;
		for (const listener of listeners) listener();
	};
	const follow = () => {
		let again: ReturnType<typeof setTimeout> | undefined;
		const end = watchStream(open, (value, meta) => set({ value: merge(state.value, value, meta), error: null }), {
			onError: (error) => {
				set({ ...state, error });
				// A list that stands still looks like one in which nothing happens.
				again = setTimeout(() => {
					stop = follow();
				}, refusedPauseMs);
			},
		});
		return () => {
			clearTimeout(again);
			end();
		};
	};
	const subscribe = (listener: () => void) => {
		clearTimeout(leaving);
		listeners.add(listener);
		stop ??= follow();
		return () => {
			listeners.delete(listener);
			if (listeners.size > 0) return;
			clearTimeout(leaving);
			leaving = setTimeout(() => {
				stop?.();
				stop = null;
			}, leavingMs);
		};
	};
	return (isAllowed = true) => useSyncExternalStore(isAllowed ? subscribe : stayAway, () => (isAllowed ? state : nothing));
}

const stayAway = () => () => {};

/** The newest of each job that was not dismissed, newest first; a stream's first value holds all of them, the later ones only what changed. */
export function mergeJobs(old: Job[] | null, changed: Job[], { isFirst }: WatchMeta): Job[] {
	const byId = new Map((isFirst ? [] : (old ?? [])).map((job) => [job.id, job]));
	for (const job of changed) byId.set(job.id, job);
	return [...byId.values()].filter(({ dismissed }) => !dismissed).sort((a, b) => b.createdAt - a.createdAt);
}

/** All models of the library. */
export const useModels = createLive<Model[]>((signal) => client.library.watch(undefined, { signal }));
/** The routes that the reader may use. */
export const useOfferedRoutes = createLive<OfferedRoute[]>((signal) => client.routes.offered(undefined, { signal }));
/** All deployments: what is loaded, loading, or failed to. */
export const useDeployments = createLive<Deployment[]>((signal) => client.engine.watch(undefined, { signal }));
/** The reader's datasets, newest first. */
export const useDatasets = createLive<Dataset[]>((signal) => client.finetune.watchDatasets(undefined, { signal }));
/** The reader's own balance and the prices in force. */
export const useBalance = createLive<{ balance: Balance; prices: Price[] }>((signal) => client.ledger.watch(undefined, { signal }));
/** The settings as they are now, whoever changed them. */
export const useSettingsNow = createLive<Settings>((signal) => client.settings.watch(undefined, { signal }));
const useOwnJobs = createLive<Job[]>((signal) => client.jobs.watch(undefined, { signal }), mergeJobs);
/** The user's jobs, newest first; a viewer has none. */
export const useJobs = () => useOwnJobs(useMay('user'));
