const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When a step of a drawing begins, in the reader's own time and as exactly as its length needs: `14:05`, `18 Nov, 06:00`, `18 Nov 2026`. */
export function formatStep(at: number, stepMs: number, language: string, isWhole = false): string {
	const time = { hour: '2-digit', minute: '2-digit' } as const;
	const day = { day: 'numeric', month: 'short' } as const;
	if (stepMs >= 7 * dayMs) return new Intl.DateTimeFormat(language, isWhole ? { ...day, year: 'numeric' } : day).format(at);
	if (stepMs >= hourMs) return new Intl.DateTimeFormat(language, isWhole ? { ...day, ...time } : day).format(at);
	return new Intl.DateTimeFormat(language, isWhole ? { ...day, ...time } : time).format(at);
}

/** Which of so many steps have a name under the drawing: about eight, evenly apart, so that none stands on another. */
export function namedSteps(count: number): (index: number) => boolean {
	const every = Math.max(1, Math.ceil(count / 8));
	return (index) => index % every === 0;
}
