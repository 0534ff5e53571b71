import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Change = 'renameSync' | 'writeFileSync' | 'rmSync' | 'mkdirSync' | 'rmdirSync' | 'writeSync' | 'utimesSync';

/**
 * Kills this process, as by a power button, before the change of the disk with the given number; what is tested is imported after this. Tells how
 * many changes there have been, by those of `node:fs` that are named.
 */
export function killBeforeChange(number: number, counted: readonly Change[]): () => number {
	let changes = 0;
	for (const name of counted) {
		// Each of these takes other arguments, which are handed on as they are.
		const real = fs[name] as (...args: unknown[]) => unknown;
		const counting = (...args: unknown[]) => {
			changes += 1;
			if (changes === number) process.kill(process.pid, 'SIGKILL');
			return real(...args);
		};
		Object.assign(fs, { [name]: counting });
	}
	syncBuiltinESMExports();
	return () => changes;
}
