import { foldText } from './foldText.ts';

/** A text in which talk is looked for, and where its parts stand in the answer. */
export interface TalkView {
	text: string;
	place(start: number, end: number): { start: number; end: number };
}

/** What an answer says in each of the ways in which words can be disguised. */
export interface TalkViews {
	/** As it reads, with its signs and line ends. */
	read: readonly TalkView[];
	/** Letters and digits alone. */
	squeezed: readonly TalkView[];
}

/** Letters of other scripts that look like Latin ones: what the skeletons of Unicode TR39 have for small letters. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
	[...'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwмmтtкkвbнhгrαaοoνvρpτtυuιiκkεeηnіiʟlɪiɴnʀrɡgıiɑa'].reduce<[string, string][]>((pairs, char, i, all) => {
		if (i % 2 === 0) pairs.push([char, all[i + 1] ?? '']);
		return pairs;
	}, []),
);
const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i', '|': 'l' };
/** A word in which letters stand beside digits and signs that look like some. */
const mixed = /(?=[0-9@$!|]*[a-z])[a-z0-9@$!|]+/gu;
/** `1. ` and `二、` at the beginning of a line. */
const labels = /^[ \t]*(?:[一二三四五六七八九十]{1,2}|\d{1,2}|[-*•])[.、)）:：]?[ \t]*(?=\D)/gmu;
const encoded =
	/[A-Za-z0-9+/_-]{16,}={0,2}|(?:%[0-9a-fA-F]{2}){6,}|(?:\\u[0-9a-fA-F]{4}){4,}|(?:&#x?[0-9a-fA-F]{1,6};){4,}|[\u{e0020}-\u{e007e}]{4,}|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{4,}/gu;
const mostDecoded = 50;
const isWord = (char: string) => /[\p{L}\p{N}]/u.test(char);

/** All views of an answer; what is encoded in it is decoded once. */
export function talkViews(answer: string): TalkViews {
	const own = viewsOf(answer);
	const decoded = [...answer.matchAll(encoded)].slice(0, mostDecoded).flatMap((match) => {
		const text = decode(match[0]);
		const [start, end] = [match.index, match.index + match[0].length];
		const whole = (view: TalkView): TalkView => ({ text: view.text, place: () => ({ start, end }) });
		return text === null ? [] : [viewsOf(text)].map(({ read, squeezed }) => ({ read: read.map(whole), squeezed: squeezed.map(whole) }));
	});
	return { read: [...own.read, ...decoded.flatMap(({ read }) => read)], squeezed: [...own.squeezed, ...decoded.flatMap(({ squeezed }) => squeezed)] };
}

function viewsOf(text: string): TalkViews {
	// Line ends are white space to foldText; here they begin a turn.
	const lines = foldText(text.replace(/\r\n?|\n/gu, (end) => '\u241e'.repeat(end.length)));
	const read = lines.as(
		lines.text.replace(/\u241e/gu, '\n').replace(/[\u0370-\u04ff\u0500-\u052f\u0250-\u02af\u0131\u1d00-\u1d7f]/gu, (char) => lookalikes[char] ?? char),
	);
	const squeezed = read.filter(isWord);
	const withoutLabels = foldText(text.replace(labels, (label) => ' '.repeat(label.length))).filter(isWord);
	const letters = withoutLabels.filter((char) => /\p{L}/u.test(char));
	const spoken = read.as(read.text.replace(mixed, (word) => word.replace(/[0-9@$!|]/gu, (char) => leet[char] ?? char))).filter((char) => /\p{L}/u.test(char));
	const turned = read.as(read.text.replace(/[a-z]/gu, rotated)).filter(isWord);
	const backwards = [...squeezed.text].reverse().join('');
	const last = backwards.length;
	const reversed: TalkView = { text: backwards, place: (start, end) => squeezed.place(last - end, last - start) };
	return { read: [read], squeezed: [squeezed, letters, spoken, turned, reversed] };
}

function rotated(char: string): string {
	return String.fromCharCode(char.charCodeAt(0) + (char < 'n' ? 13 : -13));
}

/** What a run of signs says, if it is text; null where it is none. */
function decode(run: string): string | null {
	const first = run.codePointAt(0) ?? 0;
	if (first >= 0xe0020 && first <= 0xe007e) return [...run].map((char) => String.fromCharCode((char.codePointAt(0) ?? 0) - 0xe0000)).join('');
	if (/^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(run))
		return utf8([...run].map((char) => char.codePointAt(0) ?? 0).map((code) => (code < 0xff00 ? code - 0xfe00 : code - 0xe0100 + 16)));
	if (run.startsWith('%')) return utf8((run.match(/[0-9a-fA-F]{2}/gu) ?? []).map((pair) => Number.parseInt(pair, 16)));
	if (run.startsWith('\\')) return run.replace(/\\u([0-9a-fA-F]{4})/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
	if (run.startsWith('&')) return run.replace(/&#(x?)([0-9a-fA-F]+);/gu, (_, isHex: string, code: string) => charOf(Number.parseInt(code, isHex ? 16 : 10)));
	const bytes = /^(?:[0-9a-fA-F]{2})+$/u.test(run) ? Buffer.from(run, 'hex') : Buffer.from(run, 'base64');
	return utf8([...bytes]);
}

function charOf(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function utf8(bytes: readonly number[]): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
	} catch {
		return null;
	}
}
