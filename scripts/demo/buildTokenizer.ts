import { join } from 'node:path';
import { fenceFor, gradeTurns, readGradePrompts } from '../../src-main/features/grading/gradePrompt.ts';
import { draftTurns } from '../../src-main/features/grading/rubricDraft.ts';
import { batchTurns, condenseTurns, glossaryTurns, readSubtitlePrompts } from '../../src-main/features/subtitles/translatePrompt.ts';
import type { Rubric } from '../../src-preload/contract/rubric.ts';
import { styleSheet } from '../../src-preload/contract/subtitles.ts';
import { learnMerges, type Sample } from './learnMerges.ts';
import { type Merge, Tokenizer } from './Tokenizer.ts';
import type { Texts } from './texts/Texts.ts';

const drawnTexts = 6000;
/** Of tokens within words, in bytes: a long word of English, five characters of Chinese. */
const longestWord = 16;
const mostWordMerges = 1500;
const mostRuleMerges = 1100;

/**
 * Learns the tokenizer of the demonstration model from the texts it is trained on: first the numbers up to 100, each of which is one
 * token, then pieces of words, then what always stands the same in a grading prompt and its answer, over the words.
 */
export function buildTokenizer(texts: Texts, resources: string): Tokenizer {
	const numbers: Merge[] = Array.from({ length: 90 }, (_, i) => [String(Math.floor(i / 10) + 1), String(i % 10)]);
	numbers.push(['10', '0']);
	const fixed = fixedPieces(resources);
	const drawn = new Set(
		Array.from({ length: drawnTexts }, () => texts.draw()).flatMap((turns) => turns.flatMap(({ role, content }) => (role === 'system' ? [] : [content]))),
	);
	const words = [...drawn, ...fixed].flatMap(wordsOf).map((text): Sample => ({ text, count: 1 }));
	const wordMerges = learnMerges(words, numbers, mostWordMerges, 3, longestWord);
	const rules = fixed.map((text): Sample => ({ text, count: 1 }));
	return new Tokenizer([...numbers, ...wordMerges, ...learnMerges(rules, [...numbers, ...wordMerges], mostRuleMerges, 2, Infinity)]);
}

function wordsOf(text: string): string[] {
	return text.match(/ [+×=*-] (?=\p{N})|\p{Script=Han}+| ?[^\s\p{N}\p{P}\p{S}\p{Script=Han}]+| ?[\p{P}\p{S}]+|\s+/gu) ?? [];
}

/** What is the same in every prompt of its kind, each piece twice: where it stands in one form alone it counts as well. */
function fixedPieces(resources: string): string[] {
	const prompts = readGradePrompts(join(resources, 'prompts'));
	const gap = '\u0001';
	const given = ['', gap];
	const level = (id: string, description: string) => ({ id, name: `${gap}${id}`, description, points: 1 });
	const criterion = (id: string, description: string) => ({
		...{ id, kind: 'levels' as const, name: gap, description, byCheck: false },
		levels: [level('1', description), level('2', description), level('3', description)],
	});
	const rubrics: Rubric[] = [
		[],
		[criterion('a', '')],
		[criterion('a', gap), criterion('b', '')],
		[criterion('a', ''), criterion('b', gap), criterion('c', '')],
	];
	const finding = { kind: 'right', found: '', reason: null } as const;
	const turns = given.flatMap((subject) =>
		given.flatMap((gradeLevel) =>
			given.flatMap((key) => {
				const asked = (['auto', 'en', 'zh'] as const).flatMap((feedbackLanguage) =>
					rubrics.flatMap((rubric) => gradeTurns(prompts, { subject, gradeLevel, question: gap, key, feedbackLanguage, rubric }, gap)),
				);
				const drafted = draftTurns(prompts, { subject, gradeLevel, question: gap, key });
				const shown = gradeTurns(prompts, { subject, gradeLevel, question: gap, key, feedbackLanguage: 'auto', rubric: [] }, gap, {
					finding: { ...finding, kind: key === '' ? 'right' : 'wrong' },
					examples: [{ answer: gap, grade: gap }],
				});
				return [...asked, ...drafted, ...shown].map(({ content }) => content);
			}),
		),
	);
	const pieces = [...turns, ...filmTurns(resources, gap)]
		.flatMap((text) => text.replaceAll(fenceFor(gap), gap).split(gap))
		.flatMap((text) => text.split(/\p{N}+/u));
	const ruled = [
		'{"',
		'": "',
		'", "',
		'"}',
		'{"terms": []}',
		'": {"quote": "',
		'": {"quote": "absent", "reason": "',
		'", "reason": "',
		'", "level": "',
		'"}, "c',
		'"}, "feedback": "',
	];
	const drafted = [
		'{"criteria": [{"name": "',
		'", "description": "',
		'", "full": "',
		'", "partly": "',
		'", "none": "',
		'", "weight": ',
		'}, {"name": "',
		'}]}',
	];
	const answer = ['{"feedback": "', '", "suggestions": ["', '"], "score": ', 'system\n', 'user\n', 'assistant\n', ...ruled, ...drafted];
	return [...pieces, ...answer, ...answer].filter((piece) => piece !== '');
}

/** What a film's requests have in common, in the languages of the phrase book. */
function filmTurns(resources: string, gap: string): string[] {
	const prompts = readSubtitlePrompts(join(resources, 'prompts'));
	const style = styleSheet.parse({});
	const near = (target: string | null) => [
		{ text: gap, target },
		{ text: gap, target },
	];
	const cues = [1, 2].map((key) => ({ key: String(key), text: gap, limit: 1, said: gap }));
	const directions = [
		...[null, 'en'].flatMap((sourceLanguage) => ['zh-Hans', 'zh'].map((targetLanguage) => ({ sourceLanguage, targetLanguage }))),
		...[null, 'zh', 'zh-Hans'].map((sourceLanguage) => ({ sourceLanguage, targetLanguage: 'en' })),
	];
	const turns = directions.flatMap((languages) => {
		const brief = { ...languages, style };
		const batches = [cues.slice(1), cues].flatMap((asked) =>
			[[], near(null), near(gap)].flatMap((before) => {
				const matter = { before, after: before.map(({ text }) => ({ text, target: null })), terms: [], memory: [], hint: '' };
				return batchTurns(prompts, brief, asked, matter);
			}),
		);
		return [...batches, ...condenseTurns(prompts, brief, cues), ...glossaryTurns(prompts, brief, [gap, gap], [])].map(({ content }) => content);
	});
	return turns.map((text) => text.replace(/=====[0-9a-f]{12}=====/g, gap));
}
