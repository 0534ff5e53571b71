/** What a key asks of the bench. */
export type BenchKey =
	/** `extends`: what is chosen goes up to there. */
	| { kind: 'move'; by: number; extends?: boolean }
	| { kind: 'next'; filter: 'doubtful' | 'untranslated' }
	| { kind: 'approveAndGoOn' | 'approve' | 'edit' | 'leave' | 'undo' | 'redo' | 'find' | 'save' | 'retranslate' | 'split' | 'merge' | 'play' | 'help' };

/** Keys that work wherever the keyboard is, also while one types. */
const everywhere: Readonly<Record<string, BenchKey>> = {
	F7: { kind: 'next', filter: 'untranslated' },
	F8: { kind: 'next', filter: 'doubtful' },
	Escape: { kind: 'leave' },
	'Ctrl+Enter': { kind: 'approveAndGoOn' },
	'Ctrl+z': { kind: 'undo' },
	'Ctrl+y': { kind: 'redo' },
	'Ctrl+Shift+z': { kind: 'redo' },
	'Ctrl+f': { kind: 'find' },
	'Ctrl+h': { kind: 'find' },
	'Ctrl+s': { kind: 'save' },
	'Alt+ArrowDown': { kind: 'move', by: 1 },
	'Alt+ArrowUp': { kind: 'move', by: -1 },
};

/** Keys of the table. */
const outsideFields: Readonly<Record<string, BenchKey>> = {
	ArrowDown: { kind: 'move', by: 1 },
	j: { kind: 'move', by: 1 },
	ArrowUp: { kind: 'move', by: -1 },
	k: { kind: 'move', by: -1 },
	PageDown: { kind: 'move', by: 10 },
	PageUp: { kind: 'move', by: -10 },
	Home: { kind: 'move', by: Number.NEGATIVE_INFINITY },
	End: { kind: 'move', by: Number.POSITIVE_INFINITY },
	'Shift+ArrowDown': { kind: 'move', by: 1, extends: true },
	'Shift+ArrowUp': { kind: 'move', by: -1, extends: true },
	'Shift+PageDown': { kind: 'move', by: 10, extends: true },
	'Shift+PageUp': { kind: 'move', by: -10, extends: true },
	'Shift+Home': { kind: 'move', by: Number.NEGATIVE_INFINITY, extends: true },
	'Shift+End': { kind: 'move', by: Number.POSITIVE_INFINITY, extends: true },
	Enter: { kind: 'edit' },
	a: { kind: 'approveAndGoOn' },
	d: { kind: 'next', filter: 'doubtful' },
	n: { kind: 'next', filter: 'untranslated' },
	u: { kind: 'undo' },
	r: { kind: 'retranslate' },
	s: { kind: 'split' },
	m: { kind: 'merge' },
	' ': { kind: 'play' },
	'?': { kind: 'help' },
};

/** Reads a key as a wish of the translator, Command held as Ctrl; null for all others. */
export function benchKey(
	{ key, ctrlKey, metaKey, altKey, shiftKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
	isInField: boolean,
): BenchKey | null {
	const isCommand = ctrlKey || metaKey;
	const plain = key.length === 1 ? key.normalize('NFKC').toLowerCase() : key;
	const parts = [isCommand && 'Ctrl', altKey && 'Alt', shiftKey && (isCommand || altKey || key.length > 1) && 'Shift', plain];
	const name = parts.filter(Boolean).join('+');
	const found = (keys: Readonly<Record<string, BenchKey>>) => (Object.hasOwn(keys, name) ? (keys[name] ?? null) : null);
	return found(everywhere) ?? (isInField ? null : found(outsideFields));
}
