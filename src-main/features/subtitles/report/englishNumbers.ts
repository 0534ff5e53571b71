const small: Readonly<Record<string, number>> = Object.fromEntries(
	[
		'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
		'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth',
	].flatMap((line) => line.split(' ').map((word, value) => [word, value])),
);
const tens: Readonly<Record<string, number>> = Object.fromEntries(
	['twenty thirty forty fifty sixty seventy eighty ninety', 'twenties thirties forties fifties sixties seventies eighties nineties'].flatMap((line) =>
		line.split(' ').map((word, at) => [word, (at + 2) * 10]),
	),
);
const scales: Readonly<Record<string, number>> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
const single: Readonly<Record<string, number>> = { once: 1, twice: 2, dozen: 12, half: 0.5, both: 2, a: 1, an: 1 };
const word = [...Object.keys({ ...small, ...tens, ...scales })].sort((a, b) => b.length - a.length).join('|');
const phrase = new RegExp(`\\b(?:${word})(?:(?:[\\s-]+|\\s+and\\s+)(?:${word}))*\\b`, 'gi');

/** A number that English has written out, and whether it can hardly be meant otherwise: "one" and "second" can. */
export interface WrittenNumber {
	text: string;
	values: number[];
	sure: boolean;
}

/** The numbers that are written out in an English text: "two hundred and five" is 205. */
export function englishNumbers(text: string): WrittenNumber[] {
	const phrases = Array.from(text.matchAll(phrase), ([found]) => numberOf(found));
	const others = Array.from(text.matchAll(/\b(?:once|twice|dozen|half|both|an?)\b/gi), ([found]) => ({
		...{ text: found, values: [single[found.toLowerCase()] ?? 1], sure: false },
	}));
	return [...phrases, ...others];
}

function numberOf(text: string): WrittenNumber {
	const parts = text
		.toLowerCase()
		.split(/[\s-]+/)
		.filter((part) => part !== 'and');
	let [total, section, isWhole] = [0, 0, true];
	let below = Number.POSITIVE_INFINITY;
	for (const part of parts) {
		const scale = scales[part];
		const value = small[part] ?? tens[part] ?? 0;
		if (scale === 100) section = (section || 1) * 100;
		else if (scale !== undefined) [total, section] = [total + (section || 1) * scale, 0];
		else {
			// "five five" and "one two" are several numbers.
			if (value >= below) isWhole = false;
			section += value;
		}
		below = scale !== undefined ? Number.POSITIVE_INFINITY : part in tens ? 10 : 0;
	}
	const value = total + section;
	const each = parts.map((part) => small[part] ?? tens[part] ?? scales[part] ?? 0);
	// "Nineteen eighty-four" is a year.
	const year = !isWhole && each.length >= 2 && each.length <= 3 && (each[0] ?? 0) >= 10 ? [(each[0] ?? 0) * 100 + (each[1] ?? 0) + (each[2] ?? 0)] : [];
	if (!isWhole) return { text, values: [...year, ...each], sure: false };
	return { text, values: [value], sure: parts.length >= 2 ? value >= 13 : value >= 13 && value < 100 && !text.toLowerCase().endsWith('ies') };
}
