import { readFileSync } from 'node:fs';

/** The largest resident size that this process has had. */
export function peakResidentBytes(): number {
	// On Linux `maxRSS` begins with the size of the process that started this one.
	if (process.platform === 'linux') return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
	return process.resourceUsage().maxRSS * 1024;
}
