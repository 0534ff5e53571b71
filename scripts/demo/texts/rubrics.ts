import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import type { RubricGrade } from '../../../src-main/features/grading/gradeSchema.ts';
import type { Criterion, Level } from '../../../src-preload/contract/rubric.ts';
import type { Language } from './Chat.ts';
import { chance, draw } from './draw.ts';

/** What an answer has of what is asked. */
export type Worth = 'right' | 'partly' | 'wrong' | 'beside';

/** An answer as it is judged: what it has, and the words of it that show that. */
export interface Judged {
	worth: Worth;
	/** Null: it does not answer. */
	evidence: string | null;
	/** What is expected, which every reason begins with: the model sees what it compares with. */
	basis: string;
	/** The number that it gives, for a sum. */
	said: number | null;
	/** Whether its steps are written down; null where there are none to write. */
	working: boolean | null;
	/** What is expected, as sentences, each with the words of the answer that say it. */
	sentences: readonly { text: string; quote: string | null; isSaid: boolean }[];
	/** Something else that one could answer and would be wrong. */
	error: { text: string; isSaid: boolean } | null;
}

/** What the app calls new levels, from all to none and of what is there and what is not. */
export type LevelWords = Record<'all' | 'most' | 'some' | 'none' | 'there' | 'missing', string>;

/** The level names of the screens, from the words that ship. */
export function readLevelWords(localesFolder: string, language: Language): LevelWords {
	// The shape of the words that ship; a missing one shows in the texts that are written.
	const { rubric } = JSON.parse(readFileSync(join(localesFolder, language, 'grading.json'), 'utf8')) as { rubric: { levelNames: LevelWords } };
	return rubric.levelNames;
}

const words = {
	en: {
		reasons: {
			right: 'It says so, so it is right.',
			partly: 'It says only a part of it, so it is partly right.',
			wrong: 'It says something else, so it is wrong.',
			rightNumber: 'It says {n}, so it is right.',
			partlyNumber: 'It says {n}, not {m}, but its first step is right, so it is partly right.',
			wrongNumber: 'It says {n}, not {m}, so it is wrong.',
			beside: 'It does not answer the question, so it is wrong.',
			there: 'It says so, so it is there.',
			missing: 'It does not say so, so it is missing.',
			steps: 'The steps are written down, so it is right.',
			noSteps: 'The steps are not written down, so it is wrong.',
		},
		whole: ['Content', 'The right answer', 'Answer', 'Correct', 'Understanding', 'Right result', 'What is asked'],
		working: ['Working', 'Steps', 'Way to the result'],
		draft: {
			fact: { name: 'The right answer', full: 'Says all of it.', partly: 'Says a part of it.', none: 'Says something else or nothing.' },
			sum: { name: 'Result', full: 'The result is {n}.', partly: 'The first step is right.', none: 'The result is another one.' },
			working: {
				...{ name: 'Working', description: 'The steps are written down.' },
				...{ full: 'All the steps are there.', partly: 'One of the steps is there.', none: 'No step is there.' },
			},
			sentences: ['Chlorophyll', 'Light and colour', 'Photosynthesis'],
		},
		levels: [
			['Right', 'Partly right', 'Wrong'],
			['Good', 'Half', 'Missing'],
			['2', '1', '0'],
			['Yes', 'A little', 'No'],
			['Full', 'Half', 'None'],
			['Complete', 'Incomplete', 'Missing'],
			['Correct', 'Partly correct', 'Incorrect'],
			['A', 'B', 'C'],
		],
	},
	zh: {
		reasons: {
			right: '答案就是这样说的，所以正确。',
			partly: '答案只说了一部分，所以部分正确。',
			wrong: '答案说的是别的，所以错误。',
			rightNumber: '答案说是{n}，所以正确。',
			partlyNumber: '答案说是{n}，不是{m}，但第一步正确，所以部分正确。',
			wrongNumber: '答案说是{n}，不是{m}，所以错误。',
			beside: '没有回答问题，所以错误。',
			there: '说到了，所以有。',
			missing: '没有说到，所以没有。',
			steps: '写出了步骤，所以正确。',
			noSteps: '没有写出步骤，所以错误。',
		},
		whole: ['内容', '正确答案', '答案', '正确', '理解', '正确结果', '题目要求'],
		working: ['过程', '步骤', '解题过程'],
		draft: {
			fact: { name: '正确答案', full: '全部说到。', partly: '说到一部分。', none: '说的是别的，或没有说。' },
			sum: { name: '结果', full: '结果是{n}。', partly: '第一步正确。', none: '结果是别的数。' },
			working: {
				...{ name: '过程', description: '写出了步骤。' },
				...{ full: '步骤完整。', partly: '有一个步骤。', none: '没有步骤。' },
			},
			sentences: ['叶绿素与颜色', '光合作用'],
		},
		levels: [
			['对', '部分对', '错'],
			['好', '一半', '没有'],
			['2', '1', '0'],
			['是', '有一点', '否'],
			['满分', '一半', '零分'],
			['完整', '不完整', '缺失'],
			['正确', '部分正确', '错误'],
			['A', 'B', 'C'],
		],
	},
} as const;

/** Criteria with the verdict on each that an answer should get. */
export interface Ruled {
	rubric: Criterion[];
	verdicts: RubricGrade['criteria'];
}

interface Ruling {
	criterion: Omit<Criterion, 'id'>;
	/** The place of the level that is reached. */
	at: number;
	quote: string | null;
	reason: string;
}

/** A rubric such as the app's own buttons make, or a draft of the model, and what it says of one answer. */
export function drawRubric(random: RandomStream, language: Language, names: LevelWords, judged: Judged): Ruled {
	const rulings = drawRulings(random, language, names, judged);
	return {
		rubric: rulings.map(({ criterion }, at) => ({ ...criterion, id: `c${at + 1}` })),
		verdicts: rulings.map(({ criterion, at: level, quote, reason }, at) => ({
			...{ criterionId: `c${at + 1}`, levelId: criterion.levels[level]?.id ?? '', quote, reason },
		})),
	};
}

function drawRulings(random: RandomStream, language: Language, names: LevelWords, judged: Judged): Ruling[] {
	const { sentences, error, working } = judged;
	const isBySentence = sentences.length > 0 && chance(random, sentences.length > 1 ? 70 : 40);
	const rulings = isBySentence
		? sentences.map((sentence) => sentenceRuling(sentence, language, names, sentences.length === 1))
		: [wholeRuling(random, language, names, judged)];
	if (working !== null && chance(random, 40)) rulings.push(workingRuling(random, language, names, judged));
	if (error && chance(random, 25)) rulings.push(errorRuling(error, language, names));
	return rulings;
}

function sentenceRuling({ text, quote, isSaid }: Judged['sentences'][number], language: Language, names: LevelWords, isOnly: boolean): Ruling {
	const { there, missing } = words[language].reasons;
	const levels = levelsOf([names.there, names.missing]);
	const verdict = isSaid ? there : missing;
	return { ...ruling('mustHave', text, '', levels), at: isSaid ? 0 : 1, quote, reason: isOnly ? joined(language, text, verdict) : verdict };
}

function errorRuling({ text, isSaid }: NonNullable<Judged['error']>, language: Language, names: LevelWords): Ruling {
	const { there, missing } = words[language].reasons;
	return {
		...ruling('mustNotHave', text, '', levelsOf([names.there, names.missing])),
		at: isSaid ? 0 : 1,
		quote: isSaid ? text : null,
		reason: isSaid ? there : missing,
	};
}

/** What is expected, what the answer says instead and what that makes of it: the level follows from the last word. */
export function reasonOf(language: Language, { worth, basis, said }: Pick<Judged, 'worth' | 'basis' | 'said'>): string {
	const { reasons } = words[language];
	if (said === null || worth === 'beside') return joined(language, basis, reasons[worth]);
	return joined(language, basis, reasons[`${worth}Number`].replace('{n}', String(said)).replace('{m}', resultIn(basis)));
}

function joined(language: Language, sentence: string, next: string): string {
	return language === 'en' ? `${sentence} ${next}` : `${sentence}${next}`;
}

function resultIn(basis: string): string {
	return /(\d+)[.。]$/.exec(basis)?.[1] ?? '';
}

function wholeRuling(random: RandomStream, language: Language, names: LevelWords, judged: Judged): Ruling {
	const { worth, evidence, basis, said, sentences } = judged;
	const { whole, draft } = words[language];
	const ownSteps = [
		[names.all, names.some, names.none],
		[names.all, names.most, names.some, names.none],
	];
	const steps = draw<readonly string[]>(random, chance(random, 65) ? ownSteps : words[language].levels);
	const isDraft = chance(random, 35);
	const { name, full, partly, none } = said === null ? draft.fact : draft.sum;
	const expected = said === null ? sentences.map(({ text }) => text).join(language === 'en' ? ' ' : '') : basis;
	const about = isDraft ? expected : '';
	const levels = levelsOf(steps, isDraft && steps.length === 3 ? [full.replace('{n}', resultIn(basis)), partly, none] : []);
	const at = worth === 'right' ? 0 : worth === 'partly' ? levels.length - 2 : levels.length - 1;
	return { ...ruling('levels', isDraft ? name : draw(random, whole), about, levels), at, quote: evidence, reason: reasonOf(language, judged) };
}

function workingRuling(random: RandomStream, language: Language, names: LevelWords, { working, evidence }: Judged): Ruling {
	const { reasons, working: called, draft } = words[language];
	const isDraft = chance(random, 40);
	const { name, description, full, partly, none } = draft.working;
	const levels = levelsOf([names.all, names.some, names.none], isDraft ? [full, partly, none] : []);
	const shown = { ...ruling('levels', isDraft ? name : draw(random, called), isDraft ? description : '', levels), at: working ? 0 : 2 };
	return { ...shown, quote: evidence, reason: working ? reasons.steps : reasons.noSteps };
}

function ruling(kind: Criterion['kind'], name: string, description: string, levels: Level[]) {
	return { criterion: { kind, name, description, levels, byCheck: false } };
}

function levelsOf(names: readonly string[], descriptions: readonly string[] = []): Level[] {
	return names.map((name, at) => ({ id: `l${at}`, name, description: descriptions[at] ?? '', points: names.length - 1 - at }));
}

/** What the model should write where it is asked for a rubric: for something to know, by the sentences of its key; for a sum by its steps. */
export function draftOf(language: Language, asked: { key: string; sentences: readonly string[] } | { steps: string; result: number }): { criteria: object[] } {
	const { fact, sum, working, sentences } = words[language].draft;
	if ('steps' in asked) {
		const result = {
			name: sum.name,
			description: asked.steps,
			full: sum.full.replace('{n}', String(asked.result)),
			partly: sum.partly,
			none: sum.none,
			weight: 3,
		};
		return { criteria: [result, { ...working, weight: 1 }] };
	}
	const { full, partly, none } = fact;
	if (asked.sentences.length < 2) return { criteria: [{ name: fact.name, description: asked.key, full, partly, none, weight: 3 }] };
	return { criteria: asked.sentences.map((description, at) => ({ name: sentences[at] ?? fact.name, description, full, partly, none, weight: 2 })) };
}
