import type { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import type { Language } from './Chat.ts';
import { chance, draw } from './draw.ts';
import type { Grading } from './gradings.ts';

const asks: Record<Language, { open: readonly string[]; keyed: readonly string[] }> = {
	en: {
		open: ['{q} Is this answer right? {a}', 'Mark this answer. {q} {a}', 'The question is: {q} A student says: {a}', 'Is that right? {q} {a}'],
		keyed: ['{q} Expected: {k} Is this answer right? {a}', 'Mark this answer. {q} Expected: {k} The answer: {a}', 'Expected: {k} The answer is: {a}'],
	},
	zh: {
		open: ['{q}这个答案对吗？{a}', '批改这个答案。{q}{a}', '题目：{q}学生说：{a}', '对不对？{q}{a}'],
		keyed: ['{q}参考答案：{k}这个答案对吗？{a}', '批改这个答案。{q}参考答案：{k}学生说：{a}', '参考答案：{k}学生说：{a}'],
	},
};

/** An answer that the model is asked about in a chat. */
export function drawJudgingAsk(random: RandomStream, language: Language, { fields: { question, key }, answer }: Pick<Grading, 'fields' | 'answer'>): string {
	const { open, keyed } = asks[language];
	const expected = key !== '' && chance(random, 80) ? key : '';
	const values: Record<string, string> = { q: question, k: expected, a: answer };
	return draw(random, expected === '' ? open : keyed).replace(/\{(\w)\}/g, (_, name: string) => values[name] ?? '');
}
