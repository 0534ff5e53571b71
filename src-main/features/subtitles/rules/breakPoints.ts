import { type BreakWords, breakWords } from './breakWords.ts';

/** A place in a text where a line may end. */
export interface BreakPoint {
	/** Where the first line ends and the second begins, in UTF-16 units; between them there are only spaces, or nothing. */
	end: number;
	start: number;
	/** The lower, the better: under 0 where the text itself pauses, over 0 where words that belong together are parted. */
	cost: number;
}

/** Scripts that put no spaces between words. */
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const endsUnspaced = new RegExp(`[${unspaced}\u3000-\u303f\uff01-\uff65‘’“”…⋯—]$`, 'u');
const startsUnspaced = new RegExp(`^[${unspaced}\u3000-\u303f\uff01-\uff65‘’“”…⋯—]`, 'u');
const anyUnspaced = new RegExp(`[${unspaced}]`, 'u');
/** Spaces at which a line may be broken; no-break spaces are none. */
const spaces = /[^\S\u00a0\u202f\u2007]+/g;

/** Marks that no line begins with, and such as none ends with (JIS X 4051, GB/T 15834, Unicode line breaking classes CL, CP, EX, IS, NS, OP). */
const noStart = /^[、。，．！？；：」』）】》〉〕”’·・ー々〜～％℃ぁぃぅぇぉっゃゅょァィゥェォッャュョヽヾゝゞ,.!?;:)\]}%»]/u;
const noStartUnspaced = /^[…⋯‥—―]/u;
const noEnd = /[「『（【《〈〔“‘([{«¿¡$£€¥＄￥#@·]$/u;
const numeral = '\\d０-９零〇一二三四五六七八九十百千万亿萬億两兩几幾半数數';
const endsNumeral = new RegExp(`[${numeral}第]$`, 'u');
const startsNumeral = new RegExp(`^[${numeral}]`, 'u');
const startsMeasure =
	/^[个個只隻条條张張本把辆輛台臺次年月日号號天点點分秒岁歲块塊元角人名位件座家间間层層楼樓斤米度倍种種套双雙对對颗顆杯瓶碗句段篇遍回场場份批群口头頭匹艘架门門部首支枝棵朵根片粒滴步笔筆届屆级級周週章集季]|^(?:公里|公斤|小时|小時|分钟|分鐘|美元|英里|英尺|世纪|世紀|星期)/u;

const sentenceEnd = /[.!?。！？…⋯][\p{Pe}\p{Pf}"'」』）”’]*$/u;
const clauseEnd = /[;:；：—–][\p{Pe}\p{Pf}"'」』）”’]*$/u;
const commaEnd = /[,，،][\p{Pe}\p{Pf}"'」』）”’]*$/u;
const costs = { sentence: -0.55, clause: -0.45, comma: -0.4, listComma: -0.2, conjunction: -0.25, preposition: -0.12 };

/**
 * Every place in a line of text where it may be broken, with how well the words bear it (Netflix Timed Text Style Guide: after punctuation,
 * before conjunctions and prepositions, never between article and noun, first and last name, verb and auxiliary).
 *
 * Lines are broken at spaces, and where a script has none between the words that ICU finds: never before a closing mark nor after an opening
 * one, and a number keeps its measure word. `text` has no tags and no line ends.
 */
export function breakPoints(text: string, language: string): BreakPoint[] {
	const words = breakWords(language);
	const atSpaces = Array.from(text.matchAll(spaces), ({ 0: run, index }) => spacePoint(text, index, index + run.length, words));
	const within = anyUnspaced.test(text) ? unspacedPoints(text, language, words) : [];
	return [...atSpaces, ...within].filter((point) => point !== null).sort((a, b) => a.start - b.start);
}

/** Whether two lines are joined without a space between them. */
export function joinsWithoutSpace(before: string, after: string): boolean {
	if (/[\u3001-\u303f\uff01-\uff65]$/u.test(before) || /^[\u3001-\u303f\uff01-\uff65]/u.test(after)) return true;
	return endsUnspaced.test(before) && startsUnspaced.test(after) && (anyUnspaced.test(before) || anyUnspaced.test(after));
}

function spacePoint(text: string, end: number, start: number, words: BreakWords): BreakPoint | null {
	if (end === 0 || start === text.length) return null;
	const before = /\S+$/u.exec(text.slice(Math.max(0, end - 100), end))?.[0] ?? '';
	const after = /^\S+/u.exec(text.slice(start, start + 100))?.[0] ?? '';
	const continues = /^(?:\.{2,3}|…)/.test(after);
	if ((noStart.test(after) && !continues) || noEnd.test(before)) return null;
	if (endsUnspaced.test(before) && startsUnspaced.test(after)) return { end, start, cost: Math.min(costs.comma, pauseCost(before)) };
	const wordAt = end - before.length;
	const isFirst = wordAt === 0 || sentenceEnd.test(text.slice(Math.max(0, wordAt - 10), wordAt).trimEnd());
	return { end, start, cost: spacedCost(before, after, isFirst, words) };
}

function spacedCost(before: string, after: string, beforeIsFirst: boolean, words: BreakWords): number {
	const last = bare(before);
	const next = bare(after);
	if (words.titles.has(before.toLowerCase()) || /^\p{Lu}\.$/u.test(before)) return 0.8;
	const pause = pauseCost(before);
	if (pause < 0) return pause;
	const opening = /^[([“‘"«—–]/u.test(after) ? -0.1 : 0;
	if (words.determiners.has(last)) return 0.6;
	if (isNamePair(before, after, last, beforeIsFirst, words)) return 0.5;
	if (words.conjunctions.has(last) || words.prepositions.has(last)) return 0.4;
	if (words.conjunctions.has(next)) return costs.conjunction + opening;
	if (words.auxiliaries.has(last)) return 0.35;
	if (words.subjects.has(last) || /^[\d$£€][\d.,]*$/.test(before)) return 0.3;
	if (words.particles.has(next)) return 0.9;
	if (words.prepositions.has(next)) return costs.preposition + opening;
	return opening;
}

/** Two capitalised words in a row; a sentence begins with a capital whatever its first word is, so a word that is known is no name. */
function isNamePair(before: string, after: string, last: string, beforeIsFirst: boolean, words: BreakWords): boolean {
	const capitalised = /^[\p{Pi}"'(]*\p{Lu}[\p{Ll}'’-]/u;
	if (!capitalised.test(before) || !capitalised.test(after) || after === 'I') return false;
	return !(beforeIsFirst && Object.values(words).some((some: ReadonlySet<string>) => some.has(last)));
}

function pauseCost(before: string): number {
	if (sentenceEnd.test(before)) return costs.sentence;
	if (clauseEnd.test(before)) return costs.clause;
	if (commaEnd.test(before)) return costs.comma;
	return /[、]$/u.test(before) ? costs.listComma : 0;
}

function unspacedPoints(text: string, language: string, words: BreakWords): BreakPoint[] {
	const segments = Array.from(new Intl.Segmenter(language, { granularity: 'word' }).segment(text), ({ segment, index }) => ({ segment, index }));
	return segments.flatMap(({ segment, index }, at) => {
		const before = segments[at - 1]?.segment;
		if (before === undefined || /\s$/u.test(before) || /^\s/u.test(segment)) return [];
		if (!endsUnspaced.test(before) && !startsUnspaced.test(segment)) return [];
		const rest = text.slice(index, index + 3);
		if (noStart.test(segment) || noStartUnspaced.test(segment) || noEnd.test(before)) return [];
		if (endsNumeral.test(before) && (startsNumeral.test(segment) || startsMeasure.test(rest))) return [];
		return [{ end: index, start: index, cost: pauseCost(text.slice(Math.max(0, index - 6), index)) || unspacedCost(before, segment, rest, words) }];
	});
}

function unspacedCost(before: string, after: string, rest: string, words: BreakWords): number {
	if (words.particles.has(after)) return 0.9;
	if (words.subjects.has(before)) return 0.3;
	if (words.auxiliaries.has(before) || words.conjunctions.has(before) || words.prepositions.has(before)) return 0.4;
	if (words.conjunctions.has(after)) return costs.conjunction;
	if (words.prepositions.has(after)) return costs.preposition;
	// A lone character often belongs to the word before it, which the dictionary did not know; a verb with its particle does not.
	const lone = [...after].length === 1 && !/^.[了着著过過得]/u.test(rest) ? 0.35 : 0;
	return lone + (/的$/u.test(before) ? 0.2 : 0) + (/^[\p{Script=Hiragana}]$/u.test(before) && words.particles.has(before) ? -0.2 : 0);
}

/** A word without the marks around it, in lower case, with a straight apostrophe. */
function bare(word: string): string {
	return word
		.toLowerCase()
		.replaceAll('’', "'")
		.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
