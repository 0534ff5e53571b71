import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { GradedClass } from './GradedClass.ts';
import { sampleClass } from './sampleClass.test-support.ts';
import { writeFeedbackPdf } from './writeFeedbackPdf.ts';

/** The text of each page, without what only lays it out. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
	const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
	return text.map((page) => page.replace(/[\s\u200B]+/g, ' '));
}

/** The class with its first student alone, who wrote this and was told it. */
function withAnswer(graded: GradedClass, text: string): GradedClass {
	const students = graded.students.slice(0, 1).map((student) => {
		const answers = student.answers.map((answer) => ({
			...answer,
			text,
			feedback: text,
			verdicts: answer.verdicts.map((verdict) => ({ ...verdict, reason: text })),
		}));
		return { ...student, name: text.slice(0, 100), answers };
	});
	return { ...graded, title: text.slice(0, 100), students };
}

test.for(['en', 'zh'] as const)('each student has pages of their own with all that was settled about them, in %s', async (language) => {
	const graded = sampleClass(language);
	const pages = await pagesOf(await writeFeedbackPdf(graded));
	expect(pages).toHaveLength(3);
	for (const [index, page] of pages.entries()) {
		const others = graded.students.filter((_, other) => other !== index);
		expect(others.filter(({ name }) => page.includes(name))).toEqual([]);
		expect(page).toContain(graded.students[index]?.name);
		expect(page).toContain(language === 'en' ? 'Page 1 of 1' : '第 1 页，共 1 页');
	}
	const first = graded.students[0]?.answers[0];
	const settled = [first?.feedback, ...(first?.suggestions ?? []), ...(first?.verdicts.flatMap(({ reason, levelName }) => [reason, levelName]) ?? [])];
	expect(settled.filter((text) => !pages[0]?.replaceAll(' ', '').includes(text?.replaceAll(' ', '') ?? ''))).toEqual([]);
	expect(pages[0]).toContain(language === 'en' ? 'proposed: 3.5 of 4 points' : '建议：3.5 / 4 分');
	expect(pages[1]).toContain(language === 'en' ? 'No answer was handed in.' : '未作答。');
	expect([pages[2]?.includes(language === 'en' ? 'not marked yet' : '尚未评分'), pages[2]?.includes(first?.feedback.slice(0, 8) ?? '')]).toEqual([true, false]);
});

test('a sheet of several pages counts its own, and the next student begins on a new one', async () => {
	const graded = sampleClass('en');
	const long = withAnswer(graded, 'Light and water. '.repeat(200)).students.map((student) => ({ ...student, name: 'Zoë' }));
	const pages = await pagesOf(await writeFeedbackPdf({ ...graded, students: [...long, ...graded.students.slice(1, 2)] }));
	const counted = pages.map((page) => /(Zoë|Ann Brown) · .* Page (\d+) of (\d+)/.exec(page)?.slice(1).join(' '));
	const most = pages.length - 1;
	expect(most).toBeGreaterThan(2);
	expect(counted).toEqual([...Array.from({ length: most }, (_, index) => `Zoë ${index + 1} ${most}`), 'Ann Brown 1 1']);
});

test('a class without a word in its title keeps its students apart', async () => {
	const pages = await pagesOf(await writeFeedbackPdf({ ...sampleClass('en'), title: '\u200B' }));
	expect(pages.map((page) => /(\S+) · Page 1 of 1/.exec(page)?.[1])).toEqual(['Lindqvist', 'Brown', 'Bob']);
});

test.for([
	['control characters and half characters', 'a\u0000b\u001b[31m\ud800\uffff\tend', '�'],
	['marks that turn the direction', 'abc \u202Egnirts\u202C end', 'abc gnirts end'],
	['rare characters and emoji', '𠀀𪚥 😀 end', '□'],
	['a word without end', 'x'.repeat(1500), 'x'.repeat(48)],
	['empty lines without end', `one${'\n'.repeat(5000)}two`, 'two'],
	['nothing but spaces', ' '.repeat(5000), 'Question 1'],
	['markup', '<b>bold</b> {"text":"x"}', '<b>bold</b> {"text":"x"}'],
] as const)('%s break no sheet', async ([, text, shown]) => {
	const pages = await pagesOf(await writeFeedbackPdf(withAnswer(sampleClass('en'), text)));
	expect(pages.join(' ')).toContain(shown);
	expect(pages.length).toBeLessThan(12);
	expect(pages.at(-1)?.includes('The sign □ stands for')).toBe(shown === '□');
});

test('a class of thirty fits a mail: only the characters that are used go in', async () => {
	const graded = sampleClass('zh');
	const students = Array.from({ length: 30 }, (_, index) => ({ ...(graded.students[0] as (typeof graded.students)[0]), number: String(index) }));
	expect((await writeFeedbackPdf({ ...graded, students })).length).toBeLessThan(2_000_000);
});
