/** Reads a score as a teacher types it: a whole number from 0 to 100, else null. */
export function parseScore(typed: string): number | null {
	const text = typed.trim().normalize('NFKC');
	if (!/^\d{1,3}$/.test(text)) return null;
	const score = Number(text);
	return score <= 100 ? score : null;
}
