/** How a process ended: with a code of its own, or by a signal. */
export interface ChildExit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

/** What a process came to its end by, as far as it can be told. */
export type ExitKind = 'killed' | 'broke' | 'fileLost' | 'processor' | 'ended';

/** Why a process is gone: its kind, and in words, as the end of a sentence that begins with its name ("the engine …"). */
export interface ExitCause {
	kind: ExitKind;
	words: string;
}

const bySignal: Partial<Record<NodeJS.Signals, ExitCause>> = {
	SIGKILL: { kind: 'killed', words: 'was killed (SIGKILL): often the system ran out of memory' },
	SIGABRT: { kind: 'broke', words: 'gave up inside the engine library (SIGABRT): usually the model file or the graphics driver is at fault' },
	SIGSEGV: { kind: 'broke', words: 'broke inside the engine library (SIGSEGV): usually the model file or the graphics driver is at fault' },
	SIGBUS: { kind: 'fileLost', words: 'lost access to the model file or to memory (SIGBUS): the file was changed or its disk went away' },
	SIGILL: { kind: 'processor', words: 'met an instruction that this processor does not know (SIGILL)' },
	SIGFPE: { kind: 'broke', words: 'broke on an impossible calculation (SIGFPE): usually the model file is at fault' },
	SIGTERM: { kind: 'ended', words: 'was ended by another program (SIGTERM)' },
};
// NTSTATUS values with which Windows reports what are signals elsewhere.
const byWindowsCode: Record<number, NodeJS.Signals> = { 3221225477: 'SIGSEGV', 3221226505: 'SIGABRT', 3221225501: 'SIGILL', 3221225620: 'SIGFPE' };

/** Tells why a child process is gone. */
export function describeExit({ code, signal }: ChildExit): ExitCause {
	// 128 + n is how a shell reports a signal; 134 and 139 are those that native libraries end with.
	const meant = signal ?? (code === 134 ? 'SIGABRT' : code === 139 ? 'SIGSEGV' : code === null ? undefined : byWindowsCode[code]);
	if (meant) return bySignal[meant] ?? { kind: 'ended', words: `was ended by the signal ${meant}` };
	return { kind: 'ended', words: code === 0 ? 'ended before its work was done' : `ended with code ${code}` };
}
