import type { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import type { Language } from './Chat.ts';
import { chance, draw } from './draw.ts';

/** A small sum with the way to its result. */
export interface Sum {
	/** With spaces and ×. */
	text: string;
	steps: readonly string[];
	result: number;
	/** What comes out if one goes from left to right, where that is wrong. */
	slip: number | null;
}

/** Factors are 2 to 6. */
export function drawSum(random: RandomStream): Sum {
	const factor = () => 2 + random.below(5);
	const upTo = (most: number) => 1 + random.below(most);
	switch (random.below(8)) {
		case 0:
			return oneStep(upTo(10), '+', upTo(20));
		case 1:
			return oneStep(factor(), '×', factor());
		case 2: {
			const b = upTo(10);
			return oneStep(b + random.below(16), '-', b);
		}
		case 3: {
			const [a, b, c] = [factor(), factor(), upTo(9)];
			return { text: `${a} × ${b} + ${c}`, steps: [`${a} × ${b} = ${a * b}`, `${a * b} + ${c} = ${a * b + c}`], result: a * b + c, slip: a * (b + c) };
		}
		case 4: {
			const [a, b] = [upTo(5), upTo(4)];
			const c = factor();
			return { text: `(${a} + ${b}) × ${c}`, steps: [`${a} + ${b} = ${a + b}`, `${a + b} × ${c} = ${(a + b) * c}`], result: (a + b) * c, slip: a + b * c };
		}
		default: {
			// The one that the app's own texts have is met more often.
			const [a, b, c] = chance(random, 8) ? [2, 3, 4] : [upTo(9), factor(), factor()];
			return sumThenProduct(a, b, c);
		}
	}
}

/** a + b × c */
export function sumThenProduct(a: number, b: number, c: number): Sum {
	return { text: `${a} + ${b} × ${c}`, steps: [`${b} × ${c} = ${b * c}`, `${a} + ${b * c} = ${a + b * c}`], result: a + b * c, slip: (a + b) * c };
}

function oneStep(a: number, sign: '+' | '-' | '×', b: number): Sum {
	const result = sign === '+' ? a + b : sign === '-' ? a - b : a * b;
	return { text: `${a} ${sign} ${b}`, steps: [`${a} ${sign} ${b} = ${result}`], result, slip: null };
}

const asks: Record<Language, readonly string[]> = {
	en: ['{x}', '{x} = ?', '{x} =', 'Calculate {x}.', 'Calculate: {x}', 'What is {x}?', 'Work out {x}.', 'How much is {x}?', 'Compute {x}', 'Solve {x}.'],
	// A sum alone is answered in English.
	zh: ['{x}=？', '计算{x}', '计算：{x}', '计算 {x}。', '{x}等于多少？', '{x}是多少？', '算一算：{x}', '求{x}的值。'],
};

/** A sum as it is typed: with or without spaces, with one sign or another for times. */
export function drawSpelling(random: RandomStream, text: string): string {
	const sign = chance(random, 75) ? '×' : draw(random, ['*', 'x']);
	const spelt = text.replaceAll('×', sign);
	return chance(random, 50) ? spelt.replaceAll(' ', '') : spelt;
}

export function drawSumAsk(random: RandomStream, { text }: Sum, language: Language): string {
	return draw(random, asks[language]).replace('{x}', drawSpelling(random, text));
}

/** “3 × 4 = 12 and 2 + 12 = 14.” */
export function stepsSentence({ steps }: Sum, language: Language): string {
	return language === 'en' ? `${steps.join(' and ')}.` : `${steps.join('，')}。`;
}
