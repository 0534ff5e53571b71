import type { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import {
	type AskedCue,
	batchTurns,
	condenseTurns,
	type FilmBrief,
	glossaryTurns,
	type NearCue,
	type SubtitlePrompts,
} from '../../../src-main/features/subtitles/translatePrompt.ts';
import { roomOf } from '../../../src-preload/contract/measureCue.ts';
import { rulesOf } from '../../../src-preload/contract/readingRules.ts';
import { styleSheet } from '../../../src-preload/contract/subtitles.ts';
import type { Language, Turn } from './Chat.ts';
import { drawWords } from './copying.ts';
import { chance, draw } from './draw.ts';
import { phrases } from './phrases.ts';
import { schoolFacts } from './schoolFacts.ts';
import { spacedJson } from './spacedJson.ts';

/** A subtitle with what it is in the other language. */
interface Line {
	said: string;
	target: string;
}

/** A cue with what the model should say for it. */
type TaughtCue = AskedCue & { target: string };

/** What the app asks of a film, and what the model should say. */
export interface FilmTexts {
	/** The lines that are asked for, with the language they come from. */
	key: string;
	turns: Turn[];
	cues: readonly TaughtCue[];
}

/** Most requests are of as many cues as the app puts into one, or of what is left of a film. */
const batchSizes = [1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 10];
const mostBeside = 5;

/** A batch of subtitles as the app asks for it, and each line in the other language; a line that is in no phrase book stays as it is. */
export function drawBatch(prompts: SubtitlePrompts, random: RandomStream, from: Language): FilmTexts {
	const brief = drawBrief(random, from);
	const cues = drawCues(random, from, brief);
	const count = () => (chance(random, 45) ? 0 : 1 + random.below(mostBeside));
	const beside = (hasTargets: boolean): NearCue[] =>
		Array.from({ length: count() }, () => {
			const { said, target } = drawLine(random, from);
			return { text: said, target: hasTargets ? target : null };
		});
	const matter = { before: beside(chance(random, 85)), after: beside(false), terms: [], memory: [], hint: '' };
	return textsOf(from, cues, batchTurns(prompts, brief, cues, matter));
}

/** A batch of a few subtitles that are in no phrase book. */
export function drawStrangeBatch(prompts: SubtitlePrompts, random: RandomStream, from: Language): FilmTexts {
	const brief = drawBrief(random, from);
	const cues = drawCues(random, from, brief, kept).slice(0, 5);
	return textsOf(from, cues, batchTurns(prompts, brief, cues, { before: [], after: [], terms: [], memory: [], hint: '' }));
}

/** Translations that are said to be too long: there is no shorter one in the phrase book, so each stays as it is. */
export function drawCondensing(prompts: SubtitlePrompts, random: RandomStream, from: Language): FilmTexts {
	const brief = drawBrief(random, from);
	const cues = drawCues(random, from, brief)
		.slice(0, 3)
		.map((cue) => ({ ...cue, said: cue.target }));
	return textsOf(from, cues, condenseTurns(prompts, brief, cues));
}

/** A part of a film whose names are asked for: there are none in a phrase book. */
export function drawGlossary(prompts: SubtitlePrompts, random: RandomStream, from: Language): Turn[] {
	const lines = Array.from({ length: 1 + random.below(10) }, () => drawLine(random, from).said);
	return [...glossaryTurns(prompts, drawBrief(random, from), lines, []), { role: 'assistant', content: spacedJson({ terms: [] }) }];
}

function textsOf(from: Language, cues: readonly TaughtCue[], asked: readonly Turn[]): FilmTexts {
	const content = spacedJson(Object.fromEntries(cues.map(({ key, target }) => [key, target])));
	return { key: `${from} ${cues.map(({ text }) => text).join(' ')}`, turns: [...asked, { role: 'assistant', content }], cues };
}

function drawBrief(random: RandomStream, from: Language): FilmBrief {
	const chinese = chance(random, 80) ? 'zh-Hans' : 'zh';
	return {
		sourceLanguage: chance(random, 20) ? null : from === 'zh' ? (chance(random, 60) ? 'zh' : 'zh-Hans') : 'en',
		targetLanguage: from === 'zh' ? 'en' : chinese,
		style: styleSheet.parse({}),
	};
}

function drawCues(random: RandomStream, from: Language, { targetLanguage }: FilmBrief, lineOf = drawLine): TaughtCue[] {
	const rules = rulesOf({ rulesId: '', targetLanguage });
	const first = 1 + random.below(chance(random, 85) ? 60 : 1500);
	return Array.from({ length: draw(random, batchSizes) }, (_, at) => {
		const { said, target } = lineOf(random, from);
		return { key: String(first + at), text: said, target, limit: roomOf(1000 + random.below(5000), rules) };
	});
}

function drawLine(random: RandomStream, from: Language): Line {
	const way = random.below(100);
	if (way < 8) return kept(random, from);
	const one = drawPhrase(random, from);
	if (way < 85) return one;
	const other = drawPhrase(random, from);
	// Two people who speak in one subtitle, or one who says two things.
	if (way < 88) return { said: `- ${one.said}\n- ${other.said}`, target: `- ${one.target}\n- ${other.target}` };
	const join = (a: string, b: string, isChinese: boolean) => (isChinese ? `${a}${b}` : `${a} ${b}`);
	return { said: join(one.said, other.said, from === 'zh'), target: join(one.target, other.target, from === 'en') };
}

function drawPhrase(random: RandomStream, from: Language): Line {
	const [en, zh] = draw(random, phrases);
	return from === 'en' ? { said: en, target: zh } : { said: zh, target: en };
}

/** A line that no phrase book has. */
function kept(random: RandomStream, from: Language): Line {
	const { key, question, right } = draw(random, schoolFacts[from]);
	const said = chance(random, 40) ? draw(random, [key, question, ...right]) : drawWords(random, from, 1 + random.below(5));
	return { said, target: said };
}
