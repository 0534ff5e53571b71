/** The keys of the desk, and what each does: the name of its words among `desk.keys`. */
export const deskKeys = [
	['move', '↓ ↑ · J K'],
	['page', '[ ]'],
	['criterion', '← → · H L'],
	['level', '1–9'],
	['points', 'Enter'],
	['feedback', 'F'],
	['leave', 'Esc'],
	['accept', 'A'],
	['undo', 'U · Ctrl+Z'],
	['view', 'V'],
	['names', 'N'],
	['help', '?'],
] as const;
