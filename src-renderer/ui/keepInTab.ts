const quietMs = 300;
/** Stands for a number that could not be read, for which JSON has no word. */
const unreadable = '\u0000NaN';

/** What a store has that is not in the app yet, and is to be there again when the page is loaded anew. */
export interface TabKeeping<Kept> {
	/** Under what it is kept. */
	key: string;
	/** Whose it is: nobody else on this tab gets it. */
	ownerId: string;
	subscribe: (listener: () => void) => unknown;
	/** What is to be kept now, the largest first: of these the first that there is room for. None: nothing. */
	read: () => Kept[];
	/** Puts back what an earlier page of this tab kept. */
	restore: (kept: Kept) => void;
}

const begun = new Set<string>();

/** Puts back what an earlier page of this tab kept for the same person, and from now on keeps what changes. Files are lost. Safe to repeat. */
export function keepInTab<Kept>({ key, ownerId, subscribe, read, restore }: TabKeeping<Kept>): void {
	if (begun.has(key)) return;
	begun.add(key);
	const kept = readKept(sessionStorage.getItem(key), ownerId);
	// Written by `write` below, or by an earlier version of it: what cannot be put back is as good as nothing.
	if (kept !== null) restore(kept as Kept);
	let timer: ReturnType<typeof setTimeout> | undefined;
	const write = () => {
		clearTimeout(timer);
		timer = undefined;
		sessionStorage.removeItem(key);
		read().some((each) => fits(() => sessionStorage.setItem(key, writeKept(each, ownerId))));
	};
	subscribe(() => {
		timer ??= setTimeout(write, quietMs);
	});
	window.addEventListener('pagehide', () => timer !== undefined && write());
}

/** As text what `readKept` reads for the same person. */
export function writeKept(kept: unknown, ownerId: string): string {
	return JSON.stringify({ ownerId, kept }, (_name, value) => (Number.isNaN(value) ? unreadable : value));
}

/** What was kept; null where that is nothing, nothing of this person's, or nothing that can be read. */
export function readKept(text: string | null, ownerId: string): unknown {
	try {
		const read = JSON.parse(text ?? 'null', (_name, value) => (value === unreadable ? Number.NaN : value));
		return read?.ownerId === ownerId ? (read.kept ?? null) : null;
	} catch {
		return null;
	}
}

/** A tab is given little room, and a table may be larger. */
function fits(keep: () => void): boolean {
	try {
		keep();
		return true;
	} catch {
		return false;
	}
}
