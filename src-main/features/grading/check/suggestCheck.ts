import { type AnswerCheck, answerCheck } from '#contract/rubric.ts';
import { isNumberKey } from './checkNumber.ts';
import { evaluateMaths, lettersOf, NoValueError } from './evaluateMaths.ts';
import { findQuantities } from './findQuantities.ts';
import { mathsText } from './mathsText.ts';
import { parseMaths } from './parseMaths.ts';

const none: AnswerCheck = { kind: 'none' };
/** Words that may stand around a sum without making it another question. */
const request =
	/^(?:please|calculate|compute|evaluate|work out|find|solve|simplify|what is|what's|how much is|what does|the value of|the answer to|the result of|请|计算|求|算一算|口算|列式计算|算出|解|直接写出得数|下列|下面|各题|式子|的值|[:,.\s])+/iu;
const ending = /(?:\s|=|\?|\.|,|:|equals?|equal to|come to|make|请|等于|是|多少|几|的值|结果|得数|_|\(\s*\))+$/iu;
/** A question that asks for more than a value. */
const more = /\b(?:explain|why|show|describe|discuss|how did|reason)\b|为什么|说明|理由|解释|过程/iu;
const option = /(?:^|[\n\s;,])\(?([A-Ha-h1-8])[.):、．]\s*([^\n]*?)(?=(?:[\s;,]+\(?[A-Ha-h1-8][.):、．]\s*\S)|\n|$)/gu;

/**
 * How a question can be checked by a program, to be offered to the teacher: a number where the key is one, or the question nothing but a sum;
 * a choice where the question lists options and the key names some of them. Otherwise none: a key in prose is for a reader.
 */
export function suggestCheck(question: string, key: string): AnswerCheck {
	const [asked, given] = [question.trim().slice(0, 5000), key.trim()];
	const options = listOptions(asked);
	const correct = options.length >= 2 ? lettersIn(given, options) : [];
	if (correct.length > 0) return answerCheck.parse({ kind: 'choice', correct, options });
	if (more.test(asked) || given.length > 200) return none;
	if (given !== '') return suggestNumber(given);
	return suggestSum(asked);
}

function suggestNumber(key: string): AnswerCheck {
	const bare = key
		.replace(/^(?:the answer is|answer|ans|答案是|答案|答)\s*[:：]?\s*/iu, '')
		.replace(/^[a-zA-Z]\s*=\s*/u, '')
		.replace(/[。.]\s*$/u, '');
	const text = mathsText(bare).text;
	const [only, ...others] = findQuantities(text);
	// Anything before or after the number makes it a sentence.
	if (!only || !isNumberKey(bare)) return none;
	if (others.length > 0 && !isSum(text)) return none;
	return answerCheck.parse({ kind: 'number', value: bare });
}

function suggestSum(question: string): AnswerCheck {
	const text = mathsText(question).text.trim();
	const sum = text
		.replace(request, '')
		.replace(ending, '')
		.replace(/(?<=\d\s?)[xX](?=\s?\d)/gu, '*')
		.trim();
	return isSum(sum) ? answerCheck.parse({ kind: 'number', value: sum }) : none;
}

/** Whether a text is an expression of numbers alone, with something in it to work out. */
function isSum(text: string): boolean {
	const tree = text.length <= 200 ? parseMaths(text) : null;
	if (!tree || lettersOf(tree).length > 0 || !/\d\s*\)*\s*[-+*/^]\s*[-(√]*\s*\d|√|sqrt/u.test(text) || /^\d{1,4}-\d{1,2}-\d{1,2}$/u.test(text)) return false;
	try {
		evaluateMaths(tree);
		return true;
	} catch (error) {
		if (error instanceof NoValueError) return false;
		throw error;
	}
}

/** The options that a question lists: of one kind, in their order, from the first letter or number. */
function listOptions(question: string): { letter: string; text: string }[] {
	const found = [...question.normalize('NFKC').matchAll(option)].map(([, letter = '', text = '']) => ({
		letter: letter.toUpperCase(),
		text: text.trim().slice(0, 500),
	}));
	const first = found.findIndex(({ letter }) => letter === 'A' || letter === '1');
	const run = found.slice(Math.max(first, 0));
	const end = run.findIndex(({ letter }, i) => letter.charCodeAt(0) !== (run[0]?.letter.charCodeAt(0) ?? 0) + i);
	return first < 0 ? [] : run.slice(0, end < 0 ? run.length : end);
}

function lettersIn(key: string, options: readonly { letter: string }[]): string[] {
	const plain = key
		.normalize('NFKC')
		.toUpperCase()
		.replace(/^(?:THE ANSWER IS|ANSWER|答案是|答案|选)\s*:?\s*/u, '');
	if (!/^[\s(]*[A-H1-8](?:[\s(),.、;/&]*(?:AND|和|与)?[\s(),.、;/&]*[A-H1-8])*[\s).。]*$/u.test(plain)) return [];
	const letters = [...new Set(plain.replace(/AND/gu, '').match(/[A-H1-8]/gu) ?? [])];
	return letters.every((letter) => options.some((each) => each.letter === letter)) ? letters : [];
}
