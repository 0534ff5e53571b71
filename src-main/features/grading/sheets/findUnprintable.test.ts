import { expect, test } from 'vitest';
import { findUnprintable } from './findUnprintable.ts';
import { sampleClass } from './sampleClass.test-support.ts';
import { openSheetFonts } from './sheetFonts.ts';

/** The sample class, with what its first student said first. */
function classSaying(text: string) {
	const graded = sampleClass('en');
	return {
		...graded,
		students: graded.students.map((student, at) => (at ? student : { ...student, answers: student.answers.map((each) => ({ ...each, text })) })),
	};
}

test('a class in Latin and Chinese letters can be printed whole', async () => {
	const coverage = await openSheetFonts();
	for (const language of ['en', 'zh'] as const) {
		expect(findUnprintable(sampleClass(language), coverage)).toEqual({ students: 3, fraction: 0, isRefused: false, scripts: [], signs: 0 });
	}
});

test('missing letters are counted by script, the most first, beside signs; joiners and marks have no box of their own', async () => {
	const found = findUnprintable(classSaying('שלום and نور and 빛 🙂‍↔️'), await openSheetFonts());
	expect({ ...found, fraction: 0 }).toEqual({
		...{ students: 3, fraction: 0, isRefused: false, signs: 2 },
		scripts: [
			{ script: 'Hebr', letters: 8 },
			{ script: 'Arab', letters: 6 },
			{ script: 'Hang', letters: 2 },
		],
	});
});

test('of a class with more text than is looked at, it says how many students that was', async () => {
	const found = findUnprintable(classSaying('빛'.repeat(2000)), await openSheetFonts(), 3000);
	expect(found).toMatchObject({ students: 1, isRefused: true, scripts: [{ script: 'Hang', letters: 4000 }] });
});
