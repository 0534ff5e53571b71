import type { Unprintable } from '#contract/classReport.ts';
import type { GradedClass, SheetAnswer } from './GradedClass.ts';
import { printableText } from './printableText.ts';
import type { FontCoverage } from './sheetFonts.ts';

/** A PDF with more boxes than this in place of letters is of no use; a name or a word in a script that its fonts lack is. */
const mostMissing = 0.05;

/** By ISO 15924: scripts that people write in today, those that a class is likely to have before others. */
const livingScripts = [
	...['Arab', 'Hebr', 'Deva', 'Beng', 'Hang', 'Thai', 'Taml', 'Telu', 'Gujr', 'Guru', 'Knda', 'Mlym', 'Orya', 'Sinh', 'Mymr', 'Khmr', 'Laoo', 'Tibt', 'Geor'],
	...['Armn', 'Ethi', 'Mong', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Tfng', 'Cher', 'Cans', 'Yiii', 'Hani', 'Hira', 'Kana', 'Bopo', 'Latn', 'Grek', 'Cyrl'],
].map((code) => [code, new RegExp(`\\p{Script=${code}}`, 'u')] as const);
/** The code of ISO 15924 for a script that is none of those. */
const otherScript = 'Zzzz';

/** What a character is to whoever prints it: a letter or a sign that is there, or one that is missing. */
type Printed = 'letter' | 'other' | 'missingSign' | { script: string };

/**
 * What neither font has letters or signs for, of what the feedback sheets of a class would print: the class's own words first, then student by
 * student until `mostCharacters` are looked at.
 */
export function findUnprintable(graded: GradedClass, coverage: FontCoverage, mostCharacters = Number.POSITIVE_INFINITY): Unprintable {
	const printed = printedBy(coverage);
	const missing = new Map<string, number>();
	let [characters, letters, signs, students] = [0, 0, 0, 0];
	const count = (text: string) => {
		for (const character of printableText(text)) {
			characters += 1;
			const kind = printed(character);
			if (kind === 'missingSign') signs += 1;
			else if (kind !== 'other') letters += 1;
			if (typeof kind === 'object') missing.set(kind.script, (missing.get(kind.script) ?? 0) + 1);
		}
	};
	for (const text of classTexts(graded)) count(text);
	for (const { name, number, answers } of graded.students) {
		if (characters >= mostCharacters) break;
		students += 1;
		for (const text of [name, number, ...answers.flatMap(answerTexts)]) count(text);
	}
	const scripts = [...missing].map(([script, count]) => ({ script, letters: count })).sort((one, other) => other.letters - one.letters);
	const fraction = scripts.reduce((sum, script) => sum + script.letters, 0) / Math.max(1, letters);
	return { students, fraction, isRefused: fraction > mostMissing, scripts, signs };
}

function classTexts({ title, questions }: GradedClass): string[] {
	return [title, ...questions.flatMap(({ name, text, criteria }) => [name, text, ...criteria.map((criterion) => criterion.name)])];
}

function answerTexts({ text, feedback, suggestions, verdicts }: SheetAnswer): string[] {
	return [text, feedback, ...suggestions, ...verdicts.map(({ reason }) => reason)];
}

/** Remembers what it found: a class of a million characters has a few thousand different ones. */
function printedBy(coverage: FontCoverage): (character: string) => Printed {
	const known = new Map<string, Printed>();
	return (character) => {
		const kind = known.get(character) ?? printedOf(character, coverage);
		known.set(character, kind);
		return kind;
	};
}

function printedOf(character: string, coverage: FontCoverage): Printed {
	const codePoint = character.codePointAt(0) ?? 0;
	const isThere = coverage.latin(codePoint) || coverage.chinese(codePoint);
	if (/\p{L}/u.test(character)) return isThere ? 'letter' : { script: livingScripts.find(([, pattern]) => pattern.test(character))?.[0] ?? otherScript };
	// Joiners, marks and variation selectors say how neighbours look, and get no box of their own.
	return isThere || /[\s\p{Cf}\p{M}]/u.test(character) ? 'other' : 'missingSign';
}
