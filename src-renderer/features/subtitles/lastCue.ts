const key = 'homeroom.lastCues';
/** More films than anybody works on at a time. */
const mostProjects = 100;

/** The cue of a project that was looked at last on this machine; null where none was. It may be gone since. */
export function readLastCue(projectId: string): string | null {
	return lastCueIn(localStorage.getItem(key), projectId);
}

/** Keeps which cue of a project is looked at, for when it is opened again. */
export function rememberCue(projectId: string, cueId: string): void {
	localStorage.setItem(key, withLastCue(localStorage.getItem(key), projectId, cueId));
}

/** Reads what `withLastCue` wrote. */
export function lastCueIn(kept: string | null, projectId: string): string | null {
	return readPairs(kept).find(([id]) => id === projectId)?.[1] ?? null;
}

/** What is kept, with this cue as the last of its project, which comes first; the projects looked at longest ago make room. */
export function withLastCue(kept: string | null, projectId: string, cueId: string): string {
	const others = readPairs(kept).filter(([id]) => id !== projectId);
	return JSON.stringify([[projectId, cueId], ...others].slice(0, mostProjects));
}

/** Whatever else stands there counts as nothing. */
function readPairs(kept: string | null): [string, string][] {
	try {
		const read: unknown = JSON.parse(kept ?? '[]');
		return Array.isArray(read) ? read.filter(isPair) : [];
	} catch {
		return [];
	}
}

function isPair(value: unknown): value is [string, string] {
	return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string';
}
