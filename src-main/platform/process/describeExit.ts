/** How a process ended: with a code of its own, or by a signal. */
export interface ChildExit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

const bySignal: Partial<Record<NodeJS.Signals, string>> = {
	SIGKILL: 'was killed (SIGKILL): often the system ran out of memory',
	SIGABRT: 'gave up inside the engine library (SIGABRT): usually the model file or the graphics driver is at fault',
	SIGSEGV: 'broke inside the engine library (SIGSEGV): usually the model file or the graphics driver is at fault',
	SIGBUS: 'lost access to the model file or to memory (SIGBUS): the file was changed or its disk went away',
	SIGILL: 'met an instruction that this processor does not know (SIGILL)',
	SIGFPE: 'broke on an impossible calculation (SIGFPE): usually the model file is at fault',
	SIGTERM: 'was ended by another program (SIGTERM)',
};
// NTSTATUS values with which Windows reports what are signals elsewhere.
const byWindowsCode: Record<number, NodeJS.Signals> = { 3221225477: 'SIGSEGV', 3221226505: 'SIGABRT', 3221225501: 'SIGILL', 3221225620: 'SIGFPE' };

/** Says in words why a child process is gone, as the end of a sentence that begins with its name ("the engine …"). */
export function describeExit({ code, signal }: ChildExit): string {
	// 128 + n is how a shell reports a signal; 134 and 139 are those that native libraries end with.
	const meant = signal ?? (code === 134 ? 'SIGABRT' : code === 139 ? 'SIGSEGV' : code === null ? undefined : byWindowsCode[code]);
	if (meant) return bySignal[meant] ?? `was ended by the signal ${meant}`;
	return code === 0 ? 'ended before its work was done' : `ended with code ${code}`;
}
