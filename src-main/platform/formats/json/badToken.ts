import { FormatError } from '../FormatError.ts';

/** Of the inside of a string, which begins at `offset`: its first escape that is none. */
export function badEscape(raw: string, offset: number): FormatError {
	const wrong = [...raw.matchAll(/\\(?:u[0-9A-Fa-f]{4}|[\s\S])/g)].find(([found]) => found.length < 6 && !/^\\["\\/bfnrt]$/.test(found));
	const at = wrong?.index ?? 0;
	const detail = raw.slice(at, at + (raw[at + 1] === 'u' ? 6 : 2));
	return new FormatError('badEscape', `${detail} is not an escape of JSON.`, { offset: offset + at, detail });
}

export function badNumber(found: string, offset: number): FormatError {
	return new FormatError('badNumber', `${found} is not a number of JSON.`, { offset, detail: found });
}

export function controlCharacter(code: number, offset: number): FormatError {
	const detail = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
	return new FormatError('controlCharacter', `A string holds ${detail} unescaped.`, { offset, detail });
}
