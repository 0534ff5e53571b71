import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { composeSheet } from './composeSheet.ts';
import type { GradedClass } from './GradedClass.ts';
import { sampleClass } from './sampleClass.test-support.ts';

/** The sample class, in which everything that is written to or by the students is this. */
function classIn(text: string): GradedClass {
	const graded = sampleClass('en');
	const answers = (own: GradedClass['students'][number]['answers']) =>
		own.map((each) => ({
			...each,
			text,
			feedback: text,
			suggestions: [text],
			verdicts: each.verdicts.map((verdict) => ({ ...verdict, place: null, reason: text })),
		}));
	return { ...graded, students: graded.students.map((student) => ({ ...student, answers: answers(student.answers) })) };
}

test.each([
	['Spanish', '¿Qué pasa después? El niño añadió azúcar.'],
	['Polish', 'Zażółć gęślą jaźń.'],
	['Vietnamese', 'Ánh sáng được lá hấp thụ, và đường được tạo ra ở đó.'],
	['Turkish', 'Işık, yaprağın içinde şekere dönüşür.'],
	['Greek', 'Το φως απορροφάται από τη χλωροφύλλη.'],
	['Russian', 'Свет поглощается хлорофиллом, ёж.'],
	['Ukrainian', 'Світло поглинається, ґрунт дає воду, її їжа.'],
	['Traditional Chinese', '葉綠素吸收紅光與藍光，並將光能轉為養分。'],
	['Japanese', '葉緑素は光を吸収して、エネルギーに変えます。'],
])('a PDF in %s prints every letter', async (_language, text) => {
	const document = await getDocumentProxy(new Uint8Array(await composeSheet(classIn(text), 'pdf')));
	const { text: printed } = await extractText(document, { mergePages: true });
	expect(printed.replace(/\s|\u200B/g, '')).toContain(text.replace(/\s/g, ''));
	expect(printed).not.toContain('□');
});

test.each([
	['Arabic', 'تمتص الأوراق الضوء وتصنع السكر.'],
	['Hebrew', 'העלים קולטים אור ומייצרים סוכר.'],
	['Hindi', 'पत्तियाँ प्रकाश को सोखती हैं।'],
	['Bangla', 'পাতা আলো শোষণ করে।'],
	['Thai', 'ใบไม้ดูดซับแสงและสร้างน้ำตาล'],
	['Korean', '잎은 빛을 흡수하여 당을 만든다.'],
])('a PDF in %s, which it has no letters for, is refused, and a Word document is written', async (_language, text) => {
	const refused = expect.objectContaining({ code: 'SHEET_UNPRINTABLE' });
	await expect(composeSheet(classIn(text), 'pdf')).rejects.toEqual(refused);
	await expect(composeSheet(classIn(text), 'pdfZip')).rejects.toEqual(refused);
	expect((await composeSheet(classIn(text), 'docx')).length).toBeGreaterThan(1000);
});

test('a word in another script does not keep a class from being printed', async () => {
	const graded = classIn(
		'The word for light is written with one sign in Chinese and with several letters in Hebrew, such as אור, which is read from right to left.',
	);
	expect((await composeSheet(graded, 'pdf')).length).toBeGreaterThan(1000);
});
