import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { lookAt } from './viewModel.ts';

/**
 * Calls `changed` each time any of some files has come, gone, or another size or time of change than at the last look, until the returned
 * function is called.
 *
 * It looks again and again, without holding anybody up: systems tell of changes on drives that were pulled out or lie in the network poorly.
 *
 * @param paths asked anew at each look.
 */
export function watchFiles(paths: () => readonly string[], changed: () => void, everyMs: number): () => void {
	const stop = new AbortController();
	let last = versionsOf(paths().map(lookAt));
	const follow = async () => {
		while (!stop.signal.aborted) {
			await setTimeout(everyMs, undefined, { signal: stop.signal, ref: false });
			// What cannot be looked at is not there.
			const looks = await Promise.all(paths().map((path) => stat(path).catch(() => null)));
			const now = versionsOf(looks.map((stats) => (stats?.isFile() ? stats : null)));
			if (now === last || stop.signal.aborted) continue;
			last = now;
			changed();
		}
	};
	// Only the abort of its wait ends it so.
	follow().catch(() => {});
	return () => stop.abort();
}

function versionsOf(looks: readonly (Stats | null)[]): string {
	return looks.map((stats) => (stats ? `${stats.size}:${stats.mtimeMs}` : 'gone')).join(' ');
}
