import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerCheck, answerCheck } from '#contract/rubric.ts';
import { checkAnswer } from './checkAnswer.ts';

const number = (value: string, more: object = {}) => answerCheck.parse({ kind: 'number', value, ...more });
const formula = (expression: string) => answerCheck.parse({ kind: 'formula', expression });
const options = ['Nucleus', 'Mitochondria', 'Ribosome', 'Cell wall'].map((text, i) => ({ letter: 'ABCD'.charAt(i), text }));
const choice = (...correct: string[]) => answerCheck.parse({ kind: 'choice', correct, options });
const exact = (...accepted: string[]) => answerCheck.parse({ kind: 'exact', accepted });

/** What is found of each answer that is not as it is expected to be. */
function others(check: AnswerCheck, kind: string, answers: readonly string[]) {
	return answers.map((answer) => ({ answer, ...checkAnswer(check, answer) })).filter((result) => result.kind !== kind);
}
const sum = number('2+3*4');

// Forms in which a student gives a number; the sum is 2+3×4.
const forms: ((n: string, zh: string, wide: string) => string)[] = [
	(n) => n,
	(n) => `It is ${n}.`,
	(n) => `2+3×4 = 2+12 = ${n}`,
	(n) => `2+3*4=${n}`,
	(n) => `= ${n}`,
	(n) => `答案是${n}。`,
	(n) => `答：${n}`,
	(n) => `等于${n}`,
	(n) => `得${n}`,
	(n) => `x = ${n}`,
	(n) => `${n} cm`,
	(n) => `${n}.0`,
	(n) => `**${n}**`,
	(n) => `$${n}$`,
	(n) => `The answer is ${n}`,
	(n) => `Answer: ${n}`,
	(n) => `So ${n}`,
	(n) => `(1) ${n}`,
	(n) => `1. ${n}`,
	(n) => `第1题：${n}`,
	(n) => `${n} = 2+3×4`,
	(n) => `2+3×4\n=2+12\n=${n}`,
	(n) => `3×4=12，2+12=${n}`,
	(n) => `先算3×4=12，再算2+12=${n}，所以答案是${n}。`,
	(n) => `The answer is ${n} because 3×4 = 12.`,
	(n) => `I multiply 3 and 4 to get 12, then add 2 to get ${n}.`,
	(n) => `一共${n}个`,
	(_, zh) => zh,
	(_, zh) => `答案是${zh}。`,
	(_n, _zh, wide) => wide,
	(_n, _zh, wide) => `２＋３×４＝${wide}`,
];

test('for 2+3×4 the answer 14 is right and 20 is wrong, however they are written', () => {
	expect(others(sum, 'right', [...forms.map((form) => form('14', '十四', '１４')), 'The answer is fourteen.'])).toEqual([]);
	expect(others(sum, 'wrong', [...forms.map((form) => form('20', '二十', '２０')), 'It is twenty.', '(2+3)×4=20', '2+3=5, 5×4=20'])).toEqual([]);
});

test('what may be meant in more than one way decides nothing', () => {
	const open = [
		'14 or 20',
		'14或20',
		'It is not 14',
		'It cannot be 14',
		'不可能是14',
		'答案不会是14',
		'page 14',
		'答案不是14',
		'The answer is 20, not 14.',
		'First 14 but it is 20',
		'14, 20',
		'14 = 15',
		'14%',
		'1 4',
		'14 is wrong',
		'14²',
		'14x',
		'x = 14, y = 3',
	];
	expect(others(sum, 'unclear', open)).toEqual([]);
	expect(others(sum, 'unclear', ['', 'I do not know.', '不知道', '2+3×4', '2+12', '28/2', 'Plants need 14 days of light to grow well here'])).toEqual([]);
	expect(checkAnswer(sum, 'The answer is 20. Check: it is 14')).toMatchObject({ kind: 'unclear', reason: 'severalFound' });
	expect(checkAnswer(sum, '')).toEqual({ kind: 'unclear', found: '', reason: 'notFound' });
});

describe('numbers as they are written', () => {
	test.each([
		['1.5', ['1,5', '3/2', '1½', '1 1/2', '1.50', '150%', '一点五', '3÷2', '1.5e0', '１．５'], ['15', '1.4', '2/3', '1/2', '-1.5']],
		[
			'1500',
			['1,500', '1 500', '1’500', '1.5e3', '1.5×10³', '1.5 x 10^3', '一千五百', 'one thousand five hundred', '１，５００', '1.5千'],
			['150', '15,000', '1501'],
		],
		['1/3', ['1/3', '⅓', '2/6', '三分之一', '0.333', '.3333', '33.3%'], ['0.34', '1/4', '3', '0.5']],
		['-3', ['-3', '−3', '－3', 'x = −3', '(-3)', '负三', '负3', 'minus 3', 'x = - 3'], ['3', '三', '-4', '-3.5']],
		['√2', ['√2', 'sqrt(2)', '1.414', '1.41421'], ['√3', 'sqrt(3)', '1.5', '2']],
		['2π', ['2π', '6.28', '6.283'], ['π', '3π', '6.5']],
		['50%', ['50%', '0.5', '1/2', '百分之五十', '百分之50', '50 percent'], ['5%', '0.05', '百分之五']],
		['30000', ['3万', '三万', '30,000'], ['3千', '300,000']],
		['14.5', ['14.5', '14,5', '十四点五', '14½', '29/2'], ['14.6', '145', '13']],
	])('%s', (value, right, wrong) => {
		expect(others(number(value), 'right', right)).toEqual([]);
		expect(others(number(value), 'wrong', wrong)).toEqual([]);
	});
});

describe('units', () => {
	test.each([
		[
			'1.5 m',
			['150 cm', '1.5m', '1.5米', '150厘米', '15 dm', '1.5', 'The length is 1.5 metres.', '一点五米'],
			['1.5 kg', '1.5 cm', '150.4 cm', '2 m', '1.5千米'],
		],
		['9.81 m/s^2', ['9.81 m/s²', '9.81m/s2', '9.81 m s^-2', '9.81 米/秒²', '981 cm/s^2', '9.81 N/kg'], ['9.81 m/s', '9.81 米每秒', '8.81 m/s²']],
		['60 km/h', ['60km/h', '60 kph', '60千米/小时', '60千米每小时', '1 km/min', '16.67 m/s', '60 kilometres per hour'], ['60 m/s', '20 m/s', '60 km']],
		['12 cm²', ['12 cm2', '12平方厘米', '12 square centimetres', '0.0012 m²', '12 sq cm'], ['12 cm', '12 m²', '12 cm³']],
		['25 °C', ['25℃', '25 °C', '25摄氏度', '298.15 K'], ['26℃', '25 K']],
		['2 h', ['120 min', '2小时', '2 hours', '7200 s', '120分钟'], ['2 s', '100 min']],
		['$5', ['$5', '5 dollars', '5美元', '5'], ['6 dollars', '$4']],
	])('%s', (value, right, wrong) => {
		expect(others(number(value), 'right', right)).toEqual([]);
		expect(others(number(value), 'wrong', wrong)).toEqual([]);
	});

	test('a value without its unit is wrong only where the unit is asked for', () => {
		expect(checkAnswer(number('5 kg', { unitNeeded: true }), '5')).toEqual({ kind: 'wrong', found: '5', reason: 'unitMissing' });
		expect(checkAnswer(number('5 kg'), '5')).toEqual({ kind: 'right', found: '5', reason: null });
		expect(checkAnswer(number('5 kg', { unitNeeded: true }), 'x = 5 m')).toEqual({ kind: 'wrong', found: '5 m', reason: 'unit' });
		expect(checkAnswer(number('1.5 m'), '150')).toEqual({ kind: 'unclear', found: '150', reason: 'unitMissing' });
	});
});

test('a tolerance is a fraction of the value, or an amount of its unit', () => {
	const relative = number('200', { tolerance: { kind: 'relative', amount: 0.05 } });
	expect([others(relative, 'right', ['190', '210', '200']), others(relative, 'wrong', ['189.9', '211'])]).toEqual([[], []]);
	const absolute = number('2 m', { tolerance: { kind: 'absolute', amount: 0.1 } });
	expect([others(absolute, 'right', ['1.9 m', '205 cm', '2.1']), others(absolute, 'wrong', ['1.8 m', '215 cm'])]).toEqual([[], []]);
});

test('significant figures that are asked for count, and say so', () => {
	const check = number('3.14159', { significantFigures: 3 });
	expect(checkAnswer(check, '3.14')).toMatchObject({ kind: 'right', reason: null });
	for (const answer of ['3.1', '3.142', '3.14159']) expect(checkAnswer(check, answer)).toMatchObject({ kind: 'wrong', reason: 'significantFigures' });
	expect(checkAnswer(check, '3.15')).toMatchObject({ kind: 'wrong', reason: null });
	expect(checkAnswer(number('1234', { significantFigures: 2 }), '1200')).toMatchObject({ kind: 'right' });
});

test('any whole number is right for itself and wrong for any other one, in digits and in Chinese and English forms', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -9999, max: 9999 }),
			fc.integer({ min: -9999, max: 9999 }),
			fc.constantFrom('N', 'It is N.', '答案是N。', 'x = N', 'so the result is N'),
			(a, b, form) => {
				const answer = form.replace('N', String(b));
				expect(checkAnswer(number(String(a)), answer).kind).toBe(a === b ? 'right' : 'wrong');
			},
		),
	);
});

describe('formulas', () => {
	test.each([
		[
			'2x+6',
			['2(x+3)', '6+2x', '2·x + 6', '2（x+3）', '(x+3)*2', '2(x+3) = 2x+6', 'y = 2x+6', '答案是2(x+3)', 'The answer is 2(x+3).'],
			['2x+3', '2x-6', '4x+12', 'x'],
			['2X+6', '2a+6', '2(x+3)=2x+3', 'see above'],
		],
		['y = 2x+6', ['y=2x+6', '2x - y + 6 = 0', 'x = (y-6)/2', '2y = 4x+12'], ['y=2x-6', 'y = 3x+6', 'y = -2x-6'], ['2x+6']],
		['1/(2x)', ['1/(2x)', '0.5/x', '½x^-1', '½x⁻¹'], ['x/2', '2/x'], ['1/2x']],
		['x²', ['x*x', '|x|^2', 'x²'], ['x^3', '2x'], []],
		['2πr', ['2πr', '2 pi r', 'πr*2', 'C = 2πr'], ['πr²', 'πr'], ['2*3.14*r', 'πd']],
		['sin(x)^2', ['1-cos(x)^2', '(sin x)^2'], ['sin(x)', 'sin(x^2)'], ['sin²x']],
		['√x', ['x^0.5', 'x^(1/2)', 'sqrt(x)'], ['x', '2x'], []],
		['(a+b)^2', ['a²+2ab+b²', '(a+b)(a+b)', '(b+a)²'], ['a²+b²', '2a+2b'], []],
	])('%s', (expression, right, wrong, unclear) => {
		expect(others(formula(expression), 'right', right)).toEqual([]);
		expect(others(formula(expression), 'wrong', wrong)).toEqual([]);
		expect(others(formula(expression), 'unclear', unclear)).toEqual([]);
	});

	test('a polynomial is equal to itself with its terms in another order, and not to one with another coefficient', () => {
		const coefficients = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 4 });
		fc.assert(
			fc.property(coefficients, fc.integer({ min: 1, max: 5 }), (of, more) => {
				const write = (list: readonly number[]) => list.map((c, i) => `(${c})x^${i}`);
				const terms = write(of);
				expect(checkAnswer(formula(terms.join(' + ')), terms.toReversed().join('+')).kind).toBe('right');
				expect(checkAnswer(formula(terms.join(' + ')), write([...of.slice(0, -1), (of.at(-1) ?? 0) + more]).join('+')).kind).toBe('wrong');
			}),
			{ numRuns: 50 },
		);
	});
});

describe('choices', () => {
	test('one option by letter, width, bracket, word or text', () => {
		const right = [
			'B',
			'b',
			'(b)',
			'B.',
			'Ｂ',
			'Answer: B',
			'选B',
			'我选B',
			'答案是B。',
			'B. Mitochondria',
			'mitochondria',
			'The answer is B',
			'B because it makes energy',
			'我选B，因为它产生能量',
			"It's B",
		];
		expect(others(choice('B'), 'right', right)).toEqual([]);
		expect(others(choice('B'), 'wrong', ['C', 'a', '选A', 'B and C', 'Nucleus', 'C. Ribosome'])).toEqual([]);
		expect(others(choice('B'), 'unclear', ['A or B', 'not A', '不选B', 'E', 'B. Nucleus', 'The powerhouse', '', 'A, no, B', 'B because not C'])).toEqual([]);
	});

	test('several options, all of them and no other', () => {
		expect(others(choice('B', 'C'), 'right', ['B and C', 'C, B', 'B、C', 'BC', 'b c', '选BC', 'B和C', '(B)(C)', 'B & C'])).toEqual([]);
		expect(others(choice('B', 'C'), 'wrong', ['B', 'A,B,C', 'ABC', 'A and D'])).toEqual([]);
	});
});

test('an exact key is compared but for case, spacing, width and marks at the end', () => {
	expect(others(exact('New York', '纽约'), 'right', ['new york', ' New  York.', 'ＮＥＷ ＹＯＲＫ', '纽约。', '“纽约”', '纽 约'])).toEqual([]);
	expect(others(exact('New York'), 'wrong', ['York', 'New York City', 'old york'])).toEqual([]);
	expect(checkAnswer(exact('x'), '  ')).toMatchObject({ kind: 'unclear', reason: 'notFound' });
});

const hostile = [
	'9^9^9^9',
	'= 9^9^9^9^9^9',
	`${'('.repeat(10_000)}14${')'.repeat(10_000)}`,
	'-'.repeat(100_000),
	'1'.repeat(100_000),
	'1,'.repeat(2000),
	`1e${'9'.repeat(3000)}`,
	'√'.repeat(4000),
	'x^'.repeat(400),
	' '.repeat(100_000),
	'1/'.repeat(1900),
	'import("fs")',
	'constructor.constructor("return process")()',
	'f(x)=f(x)',
	'[1:1e9]',
	'1:1000000000',
	'ones(1e5,1e5)',
	'170!!!!!',
	'\u0301'.repeat(4000),
	'十'.repeat(4000),
	'one '.repeat(900),
];
test.each([sum, number('1 m'), formula('2x+6'), choice('B'), exact('14')])(
	'no answer, however hostile, is run or makes the check throw or overflow: $kind',
	(check) => {
		for (const answer of hostile) expect(checkAnswer(check, answer).kind).not.toBe(answer === '14\u0000' ? '' : 'right');
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (answer) => {
				expect(['right', 'wrong', 'unclear']).toContain(checkAnswer(check, answer).kind);
			}),
		);
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('1', '4', '.', ',', '(', ')', '^', '√', '=', ' ', '-', '/', 'x', '是', '十', '%', 'e', 'm', '*', '|'), { maxLength: 60 }),
				(parts) => {
					expect(['right', 'wrong', 'unclear']).toContain(checkAnswer(check, parts.join('')).kind);
				},
			),
		);
	},
);
