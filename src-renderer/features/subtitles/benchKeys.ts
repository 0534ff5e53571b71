/** The keys of the bench, and what each does: the name of its words among `keys`. */
export const benchKeys = [
	['move', '↓ ↑ · J K · Alt+↓ ↑'],
	['extend', 'Shift+↓ ↑'],
	['edit', 'Enter'],
	['leave', 'Esc'],
	['approveAndGoOn', 'A · Ctrl+Enter'],
	['doubtful', 'D · F8'],
	['untranslated', 'N · F7'],
	['retranslate', 'R'],
	['split', 'S'],
	['merge', 'M'],
	['undo', 'U · Ctrl+Z'],
	['redo', 'Ctrl+Y'],
	['find', 'Ctrl+F'],
	['save', 'Ctrl+S'],
	['play', 'Space'],
	['help', '?'],
] as const;
