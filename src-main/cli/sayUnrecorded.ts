import type { Terminal } from './Terminal.ts';

/** Says that something is not in the audit log, where that is so. */
export function sayUnrecorded(terminal: Terminal, { unrecorded }: { unrecorded: string | null }): void {
	if (unrecorded !== null) terminal.say(`It is not in the audit log: ${unrecorded}`);
}
