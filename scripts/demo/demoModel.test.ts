import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonSchema } from '../../src-main/features/engine/engine.ts';
import { greedy, openTestBed, readAnswer, type TestBed } from '../../src-main/features/engine/openTestBed.test-support.ts';
import { type Asked, gradeTurns, readGradePrompts } from '../../src-main/features/grading/gradePrompt.ts';
import { gradeSchema, readGrade, readRubricGrade, rubricSchema } from '../../src-main/features/grading/gradeSchema.ts';
import { draftSchema, draftTurns, readDraft } from '../../src-main/features/grading/rubricDraft.ts';
import type { Language, Turn } from './texts/Chat.ts';
import { type Grading, readExampleClass } from './texts/gradings.ts';
import { type Kind, Texts } from './texts/Texts.ts';

const root = path.join(import.meta.dirname, '../..');
const resources = path.join(root, 'resources');
const prompts = readGradePrompts(path.join(resources, 'prompts'));
const modelId = 'homeroom-demo.gguf';
let bed: TestBed;

beforeAll(async () => {
	bed = await openTestBed();
	// `demo:train` names the one that it has just made.
	await copyFile(process.env.HOMEROOM_DEMO ?? path.join(root, 'models', modelId), path.join(bed.folder, modelId));
	await bed.engine.load('anna', modelId, { wishes: { contextTokens: 1024 } });
	await bed.engine.ensureRunning('anna', modelId);
});
afterAll(() => bed.close());

async function say(turns: readonly Turn[], more: { jsonSchema?: JsonSchema } = {}): Promise<string> {
	const { text } = await readAnswer(bed.engine.generate({ modelId, ownerId: 'anna', turns: [...turns], sampling: greedy, maxTokens: 400, ...more }));
	return text;
}

const ask = (content: string) => say([{ role: 'user', content }]);

async function scoreOf(answer: string, fields: Partial<Asked>): Promise<number> {
	const whole: Asked = { subject: '', question: '', key: '', gradeLevel: '', feedbackLanguage: 'auto', rubric: [], ...fields };
	return readGrade(await say(gradeTurns(prompts, whole, answer), { jsonSchema: gradeSchema })).score;
}

test.each([
	['What is Homeroom?', /language models on this computer/],
	['How do I load a model?', /press Load/],
	['How can I grade a class?', /Grade the class/],
	['How do I import a CSV file?', /paste the table/],
	['Does it work offline?', /without internet/],
	['Who can see my work?', /Only you/],
	['Who are you?', /demonstration model/],
	['Who is the president of France?', /I do not know that/],
	['Homeroom是什么？', /语言模型/],
	['怎么批改作业？', /批改全班/],
	['你是谁？', /演示模型/],
])('answers a question about the app: %s', async (question, words) => {
	expect(await ask(question)).toMatch(words);
});

test.each([
	['Translate into Chinese: Good morning.', '早上好。'],
	['Translate into English: 早上好。', 'Good morning.'],
	['Translate into English: 再见。', 'Goodbye.'],
	['翻译成英文：谢谢。', 'Thank you.'],
	['How do you say "I am hungry." in Chinese?', '我饿了。'],
])('has a phrase book: %s', async (question, line) => {
	expect(await ask(question)).toBe(line);
});

test.each([
	[{ question: '2+3×4' }, '14', '20'],
	[{ question: 'What is 2 + 3 × 4?', subject: 'Mathematics', gradeLevel: 'Grade 5' }, '14', '20'],
	[{ question: 'Calculate 2+3×4.', key: '14' }, 'It is 14.', '2+3×4 = 20'],
	[{ question: '计算2+3×4', subject: '数学' }, '14', '20'],
] as const)('marks what is right and what is wrong: %j', async (fields, right, wrong) => {
	expect(await scoreOf(right, fields)).toBeGreaterThanOrEqual(90);
	expect(await scoreOf(wrong, fields)).toBeLessThanOrEqual(30);
});

test.each([
	['Why are most leaves green', 'en', 3],
	['大多数树叶', 'zh', 2],
] as const)('drafts a rubric: %s', async (_, language, criteria) => {
	const { question, subject, gradeLevel, key, sentences } = readExampleClass(path.join(resources, 'locales'), language);
	const { criteria: drafted } = readDraft(await say(draftTurns(prompts, { question, subject, gradeLevel, key }), { jsonSchema: draftSchema }));
	expect(drafted.map(({ description }) => description)).toEqual(sentences);
	expect(drafted).toHaveLength(criteria);
});

// What follows was kept from the training: phrasings, lines in other forms, sums, and answers.
const expected: Partial<Record<Kind, number>> = { app: 0.8, unknown: 0.8, phrase: 0.7 };
test.each(Object.entries(expected))('knows %s in words that it was not trained on', async (kind, share) => {
	const texts = new Texts(resources, 99);
	let right = 0;
	const count = 20;
	for (let i = 0; i < count; i++) {
		// A key of the table above.
		const turns = texts.drawKind(kind as Kind, 'held');
		if ((await say(turns.slice(0, -1))) === turns.at(-1)?.content) right++;
	}
	expect(right / count).toBeGreaterThanOrEqual(share);
});

// Of the sums an earlier model had half the levels right, and quoted one answer of five. School questions and batches of subtitles are not measured
// here: README.md tells how far from good they are.
test('takes the right level of a rubric for sums that it was not trained on, and quotes the answer', async () => {
	const texts = new Texts(resources, 99);
	const verdictsSaid: { isLevel: boolean; isQuote: boolean }[] = [];
	for (const language of manyOf(24)) {
		const { fields, verdicts, more, turns } = drawByRubric(texts, 'sumGrading', language);
		const order = more.order ?? 'asGiven';
		const said = readRubricGrade(await say(turns, { jsonSchema: rubricSchema(fields.rubric, order) }), fields.rubric, order).criteria;
		for (const [at, { levelId, quote }] of verdicts.entries())
			verdictsSaid.push({ isLevel: said[at]?.levelId === levelId, isQuote: said[at]?.quote === quote });
	}
	const share = (kind: 'isLevel' | 'isQuote') => verdictsSaid.filter((verdict) => verdict[kind]).length / verdictsSaid.length;
	expect(share('isLevel')).toBeGreaterThanOrEqual(0.8);
	expect(share('isQuote')).toBeGreaterThanOrEqual(0.8);
});

function manyOf(count: number): Language[] {
	return Array.from({ length: count }, (_, at) => (at % 2 === 0 ? 'en' : 'zh'));
}

/** An answer that is judged by a rubric, and what the model is asked. */
function drawByRubric(
	texts: Texts,
	kind: 'sumGrading' | 'factGrading',
	language: Language,
): Grading & { verdicts: NonNullable<Grading['verdicts']>; turns: Turn[] } {
	for (;;) {
		const grading = texts.drawGrading(kind, 'held', language);
		const { verdicts } = grading;
		if (verdicts) return { ...grading, verdicts, turns: texts.gradingTurns(grading).slice(0, -1) };
	}
}
