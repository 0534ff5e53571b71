import type { GradedClass } from './GradedClass.ts';
import { printableText } from './printableText.ts';
import type { FontCoverage } from './sheetFonts.ts';

/** Of the letters that the feedback sheets of a class would print, the fraction that neither font has; 0 where there are none. */
export function unprintableFraction({ title, questions, students }: GradedClass, coverage: FontCoverage): number {
	const texts = [title, ...questions.flatMap(({ name, text, criteria }) => [name, text, ...criteria.map((criterion) => criterion.name)])];
	for (const { name, answers } of students)
		for (const { text, feedback, suggestions, verdicts } of answers) texts.push(name, text, feedback, ...suggestions, ...verdicts.map(({ reason }) => reason));
	let letters = 0;
	let missing = 0;
	for (const [letter] of texts.flatMap((text) => [...printableText(text).matchAll(/\p{L}/gu)])) {
		const codePoint = letter.codePointAt(0) ?? 0;
		letters += 1;
		if (!coverage.latin(codePoint) && !coverage.chinese(codePoint)) missing += 1;
	}
	return missing / Math.max(1, letters);
}
