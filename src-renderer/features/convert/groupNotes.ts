import type { ConvertNote } from '#contract/convertReport.ts';

export interface NoteGroup {
	code: string;
	kind: ConvertNote['kind'];
	notes: ConvertNote[];
}

const order = { lost: 0, changed: 1, convention: 2 } as const;

/** Notes that say the same, together, by their lines; losses first, then in the order in which they were met. */
export function groupNotes(notes: readonly ConvertNote[]): NoteGroup[] {
	const groups = new Map<string, NoteGroup>();
	for (const note of notes) {
		const key = `${note.kind} ${note.code}`;
		const group = groups.get(key) ?? { code: note.code, kind: note.kind, notes: [] };
		groups.set(key, group);
		group.notes.push(note);
	}
	for (const { notes: own } of groups.values()) own.sort((a, b) => (a.line ?? Number.POSITIVE_INFINITY) - (b.line ?? Number.POSITIVE_INFINITY) || 0);
	return [...groups.values()].sort((a, b) => order[a.kind] - order[b.kind]);
}
