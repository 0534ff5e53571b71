import type { AnswerCheck, CheckResult } from '#contract/rubric.ts';

type ChoiceCheck = Extract<AnswerCheck, { kind: 'choice' }>;

const mostChars = 2000;
const label = String.raw`\(?\b([a-z]|\d{1,2}|[ivx]{1,4})\b\)?`;
/** Nothing but letters, with what stands between them and words that say that they are the answer. */
const before =
	/^(?:(?:so|the|my|i|final|correct|right|best|answer|answers|ans|choice|choices|option|options|are|is|choose|chose|pick|select|think|would|it s|its|it|both)\b[\s:.]*|(?:所以|我|觉得|认为|本题|这题|题|的|正确|答案|答|应该|应|该|故|是|为|选择|选项|选)[\s:.]*)*/u;
const list = new RegExp(`^${label}(?:[\\s,;/&+.]*(?:and|和|与|及)?[\\s,;/&+.]*${label})*[\\s.!]*$`, 'u');
const negated = /\bnot\b|n't\b|\bor\b|except|不是|不选|不对|或|除了|排除/u;

/** Whether an answer names exactly the right options, by letters, numbers or their texts. */
export function checkChoice(check: ChoiceCheck, answer: string): CheckResult {
	if (answer.length > mostChars) return { kind: 'unclear', found: '', reason: 'unreadable' };
	const text = plain(answer);
	const known = check.options.map(({ letter }) => plain(letter));
	const correct = [...new Set(check.correct.map(plain))].sort();
	const found = answer.trim().slice(0, 200);
	const byText = namedTexts(check, text);
	if (negated.test(text) && byText !== 'all') return { kind: 'unclear', found: '', reason: 'severalFound' };
	const named = byText === null || byText === 'all' ? namedLetters(text, check, [...known, ...correct]) : byText;
	if (named === 'several') return { kind: 'unclear', found: '', reason: 'severalFound' };
	if (named.length === 0) return { kind: 'unclear', found: '', reason: 'notFound' };
	// A letter that is no option is a slip, or meant in another way.
	if (known.length > 0 && named.some((letter) => !known.includes(letter) && !correct.includes(letter))) return { kind: 'unclear', found, reason: 'unreadable' };
	return { kind: named.length === correct.length && named.every((letter, i) => letter === correct[i]) ? 'right' : 'wrong', found, reason: null };
}

/** Whether the right options are among all of them, where those are told. */
export function isChoiceKey({ correct, options }: ChoiceCheck): boolean {
	const known = options.map(({ letter }) => plain(letter));
	return known.length === 0 || correct.every((letter) => known.includes(plain(letter)));
}

function plain(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
		.replace(/[、，]/gu, ',')
		.replace(/。/gu, '.')
		.replace(/[“”"'‘’`*_[\]【】「」{}]/gu, ' ')
		.replace(/\s+/gu, ' ')
		.trim()
		.replace(/^\(([^()]{1,10})\)[.!]?$/u, '$1');
}

/** The letters an answer names: none where it is prose. */
function namedLetters(text: string, check: ChoiceCheck, known: readonly string[]): readonly string[] | 'several' {
	const rest = text.replace(before, '').trim();
	const run = /^([a-z]{2,8})[.!]?$/u.exec(rest)?.[1];
	// `ABD` as several options, where all of them are.
	if (run && !known.includes(run) && [...run].every((letter) => known.includes(letter)) && new Set(run).size === run.length && check.correct.length > 1)
		return [...run].sort();
	if (list.test(rest)) return [...new Set(rest.match(/[a-z]+|\d+/gu)?.filter((word) => word !== 'and') ?? [])].sort();
	// `B. Mitochondria`, `B because …`: the letter it begins with, unless others come later.
	const first = /^\(?([a-z]|\d{1,2})(?:[.):,]\s*|\s+-\s+|\s+(?=because|since|as\b)|(?=因为|,因))(.+)$/u.exec(rest);
	const letter = first?.[1] ?? '';
	if (!first || !known.includes(letter)) return [];
	const later = first[2] ?? '';
	const option = check.options.find((each) => plain(each.letter) === letter);
	if (option && bare(later) === bare(plain(option.text))) return [letter];
	if (
		/\b(?:answer|choose|final|so|but|change|actually)\b|答案|选|改|但|应/u.test(later) ||
		mentions(later, known, letter) ||
		namesAnotherText(check, later, letter)
	)
		return 'several';
	return check.options.length > 0 && !/^\s*(?:because|since|as)\b|因为|^.*\s-\s/u.test(rest.slice(1)) && isShort(later) ? 'several' : [letter];
}

function isShort(text: string): boolean {
	return text.length < 30;
}

function mentions(text: string, known: readonly string[], but: string): boolean {
	return known.some((letter) => letter !== but && letter !== 'a' && new RegExp(`(?:^|[^a-z0-9])${patternOf(letter)}(?:$|[^a-z0-9])`, 'u').test(text));
}

function patternOf(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

function bare(text: string): string {
	return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function namesAnotherText(check: ChoiceCheck, text: string, letter: string): boolean {
	return check.options.some((option) => plain(option.letter) !== letter && bare(plain(option.text)).length > 2 && bare(text) === bare(plain(option.text)));
}

/** The options whose whole text the answer is; `all` where a text holds words that would otherwise leave the answer open. Null: none. */
function namedTexts(check: ChoiceCheck, text: string): readonly string[] | 'all' | null {
	const rest = bare(text.replace(before, ''));
	const named = check.options.filter((option) => bare(plain(option.text)) !== '' && [rest, bare(text)].includes(bare(plain(option.text))));
	// An option whose text is another one's letter says nothing.
	if (named.length === 1 && !check.options.some(({ letter }) => plain(letter) === rest)) return named.map(({ letter }) => plain(letter));
	const labelled = check.options.some((option) => bare(plain(`${option.letter} ${option.text}`)) === rest);
	return labelled ? 'all' : null;
}
