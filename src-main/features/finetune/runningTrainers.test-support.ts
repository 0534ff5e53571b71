import { readdirSync, readFileSync } from 'node:fs';

/** For tests on Linux: the trainers that run as children of this process. */
export function runningTrainers(): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => {
			try {
				const isOurs = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(process.pid);
				return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('runTrainer');
			} catch {
				// It ended meanwhile.
				return false;
			}
		});
}
