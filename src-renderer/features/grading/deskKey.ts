/** What a key asks of the desk. */
export type DeskKey =
	| { kind: 'move'; by: number }
	| { kind: 'criterion'; by: 1 | -1 }
	| { kind: 'page'; by: 1 | -1 }
	| { kind: 'digit'; digit: number }
	| { kind: 'edit'; field: 'points' | 'feedback' }
	| { kind: 'accept' | 'undo' | 'view' | 'names' | 'help' };

/** Ways through the class, by the names that browsers give to keys. */
const named: Readonly<Record<string, DeskKey>> = {
	ArrowDown: { kind: 'move', by: 1 },
	j: { kind: 'move', by: 1 },
	ArrowUp: { kind: 'move', by: -1 },
	k: { kind: 'move', by: -1 },
	PageDown: { kind: 'move', by: 10 },
	PageUp: { kind: 'move', by: -10 },
	Home: { kind: 'move', by: Number.NEGATIVE_INFINITY },
	End: { kind: 'move', by: Number.POSITIVE_INFINITY },
	ArrowRight: { kind: 'criterion', by: 1 },
	l: { kind: 'criterion', by: 1 },
	ArrowLeft: { kind: 'criterion', by: -1 },
	h: { kind: 'criterion', by: -1 },
	']': { kind: 'page', by: 1 },
	'[': { kind: 'page', by: -1 },
	Enter: { kind: 'edit', field: 'points' },
	f: { kind: 'edit', field: 'feedback' },
	a: { kind: 'accept' },
	u: { kind: 'undo' },
	v: { kind: 'view' },
	n: { kind: 'names' },
	'?': { kind: 'help' },
};

/** Reads a key as a wish of the teacher, `isCommand` with Ctrl or Command held; null for all others. Full-width digits of a Chinese keyboard are digits. */
export function deskKey(key: string, isCommand = false): DeskKey | null {
	if (isCommand) return key === 'z' ? { kind: 'undo' } : null;
	const plain = key.normalize('NFKC');
	if (/^\d$/.test(plain)) return { kind: 'digit', digit: Number(plain) };
	return Object.hasOwn(named, plain) ? (named[plain] ?? null) : null;
}
