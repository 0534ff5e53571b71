import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { expect, test } from 'vitest';
import { sampleClass } from './sampleClass.test-support.ts';
import { writeFeedbackDocx } from './writeFeedbackDocx.ts';

test.for(['en', 'zh'] as const)('a reader finds each student, what was settled and nothing that was not, in %s', async (language) => {
	const graded = sampleClass(language);
	const bytes = await writeFeedbackDocx(graded);
	const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
	const first = graded.students[0]?.answers[0];
	const settled = [
		...graded.students.map(({ name }) => name),
		...(first?.text.split('\n') ?? []),
		...(first?.suggestions ?? []),
		...(first?.verdicts.flatMap(({ reason, levelName }) => [reason, levelName]) ?? []),
	];
	expect(settled.filter((text) => !value.includes(text))).toEqual([]);
	// Four answers are settled with it; the third student's one is not, the other is missing, and so the total is not there either.
	expect(value.split(first?.feedback ?? '').length - 1).toBe(4);
	expect(value.split(language === 'en' ? 'not marked yet' : '尚未评分').length - 1).toBe(3);
});

test('each student has a section that begins on a new page and counts its own, with evidence marked', async () => {
	const parts = unzipSync(await writeFeedbackDocx(sampleClass('en')));
	const document = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
	expect(document.match(/<w:pgNumType w:start="1"\/>/g)).toHaveLength(3);
	expect(document.match(/<w:type w:val="nextPage"\/>/g)).toHaveLength(3);
	const marked = [...document.matchAll(/<w:shd [^>]*w:fill="FFE8A3"[^>]*\/><\/w:rPr><w:t[^>]*>([^<]*)</g)].map(([, text]) => text);
	expect(marked.slice(0, 3)).toEqual(['water and carbon dioxide', 'use sunlight in their leaves', 'chlorophyll']);
	const footers = Object.entries(parts).filter(([name]) => /^word\/footer\d+\.xml$/.test(name));
	expect(footers.filter(([, part]) => strFromU8(part).includes('SECTIONPAGES'))).toHaveLength(3);
});

test('whatever an answer holds, the document is well-formed', async () => {
	const graded = sampleClass('en');
	const text = `\u0000\u001b]]>&<w:p>\ud800\uffff\u202E<!--${'x'.repeat(20_000)}`;
	const students = graded.students.map((student) => ({
		...student,
		name: text,
		answers: student.answers.map((answer) => ({ ...answer, text, feedback: text })),
	}));
	const bytes = await writeFeedbackDocx({ ...graded, title: text, students });
	const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
	expect(value).toContain('\uFFFD\uFFFD]]>&<w:p>\uFFFD\uFFFD<!--xxx');
});

test('what is written from right to left stands so, and nothing else does', async () => {
	const graded = sampleClass('en');
	const [student] = graded.students;
	const [judged] = student?.answers ?? [];
	if (!student || !judged) throw new Error('the sample has a student with an answer');
	const text = '1. האור נקלט בעלה, CO₂ נכנס.';
	const verdicts = judged.verdicts.slice(0, 1).map((verdict) => ({ ...verdict, quote: null, place: null, reason: text }));
	const answers = [{ ...judged, text, feedback: text, suggestions: [text, 'Say it in English: אור.'], verdicts }];
	const bytes = await writeFeedbackDocx({ ...graded, students: [{ ...student, answers }] });
	const document = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
	const paragraphs = document.match(/<w:p>.*?<\/w:p>/gs) ?? [];
	const turned = paragraphs.filter((paragraph) => paragraph.includes('<w:bidi/>'));
	expect([turned.length, turned.every((paragraph) => paragraph.includes('<w:rtl/>') && paragraph.includes('האור נקלט'))]).toEqual([4, true]);
	expect(document.match(/<w:rtl\/>/g)).toHaveLength(4);
});
