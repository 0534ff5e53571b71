import type { Term } from '#contract/glossary.ts';
import type { MemoryHit, ProjectFields } from '#contract/subtitles.ts';
import { fenceFor } from '../../platform/text/fenceFor.ts';
import { fillTemplate } from '../../platform/text/fillTemplate.ts';
import { readTemplate } from '../../platform/text/readTemplate.ts';
import type { ChatTurn } from '../engine/engine.ts';
import type { BatchCue } from './BatchCue.ts';

/** The texts that a translating model is given, with places for what changes. */
export interface SubtitlePrompts {
	/** The same for the whole film. */
	shared: string;
	batch: string;
	condense: string;
	glossary: string;
	glossaryPart: string;
}

/** A cue as far as a model sees it. */
export type AskedCue = Pick<BatchCue, 'key' | 'limit' | 'text'>;

/** What a model must know of a film to translate it. */
export type FilmBrief = Pick<ProjectFields, 'sourceLanguage' | 'targetLanguage' | 'style'>;

/** A cue that stands beside those of a batch. */
export interface NearCue {
	text: string;
	/** Null where there is none yet. */
	target: string | null;
}

/** What goes with a batch. */
export interface BatchMatter {
	before: readonly NearCue[];
	after: readonly NearCue[];
	terms: readonly Term[];
	memory: readonly MemoryHit[];
	hint: string;
}

/** Reads the templates from the folder that ships with the app. */
export function readSubtitlePrompts(folder: string): SubtitlePrompts {
	const read = (name: string) => readTemplate(folder, name);
	return {
		shared: read('subtitles.txt'),
		batch: read('subtitles-batch.txt'),
		condense: read('subtitles-condense.txt'),
		glossary: read('subtitles-glossary.txt'),
		glossaryPart: read('subtitles-glossary-part.txt'),
	};
}

/**
 * What a model is asked for a batch. The first turn is the same to the byte for the whole film, so that the engine evaluates it once; what is
 * said in the film stands, as JSON strings, between two lines that do not occur in it.
 */
export function batchTurns(prompts: SubtitlePrompts, brief: FilmBrief, cues: readonly AskedCue[], matter: BatchMatter, hasLostMarks = false): ChatTurn[] {
	const batch = cues.map(({ key, limit, text }) => `${key} [${limit}] ${JSON.stringify(text)}`).join('\n');
	const nearText = (near: NearCue) => (near.target === null ? JSON.stringify(near.text) : `${JSON.stringify(near.text)} → ${JSON.stringify(near.target)}`);
	const [before, after] = [matter.before.map(nearText).join('\n'), matter.after.map(nearText).join('\n')];
	const values = {
		...{ before, after, batch, hint: matter.hint, marks: hasLostMarks ? 'yes' : '' },
		terms: matter.terms.map(termText).join('\n'),
		memory: matter.memory.map(({ source, target }) => `${JSON.stringify(source)} → ${JSON.stringify(target)}`).join('\n'),
		...{ fence: fenceFor([before, after, batch].join('\n')), keys: keysText(cues), into: languageName(brief.targetLanguage) },
	};
	return [
		{ role: 'system', content: sharedTurn(prompts.shared, brief) },
		{ role: 'user', content: fillTemplate(prompts.batch, values) },
	];
}

/** What a model is asked where its translations are too long. */
export function condenseTurns(prompts: SubtitlePrompts, brief: FilmBrief, cues: readonly (AskedCue & { said: string })[]): ChatTurn[] {
	const batch = cues.map(({ key, limit, text, said }) => `${key} [${limit}] ${JSON.stringify(text)} → ${JSON.stringify(said)}`).join('\n');
	const values = { batch, fence: fenceFor(batch), keys: keysText(cues), into: languageName(brief.targetLanguage) };
	return [
		{ role: 'system', content: sharedTurn(prompts.shared, brief) },
		{ role: 'user', content: fillTemplate(prompts.condense, values) },
	];
}

/** What a model is asked for the names and terms of a part of a film. `known`: what is in the glossary already. */
export function glossaryTurns(prompts: SubtitlePrompts, brief: FilmBrief, texts: readonly string[], known: readonly string[]): ChatTurn[] {
	const lines = texts.map((text) => JSON.stringify(text)).join('\n');
	const values = { lines, fence: fenceFor(lines), known: known.map((source) => JSON.stringify(source)).join(', ') };
	return [
		{ role: 'system', content: sharedTurn(prompts.glossary, brief) },
		{ role: 'user', content: fillTemplate(prompts.glossaryPart, values) },
	];
}

function sharedTurn(template: string, { sourceLanguage, targetLanguage, style }: FilmBrief): string {
	const from = sourceLanguage === null ? '' : ` from ${languageName(sourceLanguage)}`;
	return fillTemplate(template, { from, into: languageName(targetLanguage), style: styleLines(targetLanguage, style), note: style.note });
}

/** In English, as all that a model is told, with what the language calls itself: smaller models know some by that alone. */
function languageName(tag: string): string {
	const [name, own] = ['en', tag].map((reader) => new Intl.DisplayNames([reader], { type: 'language' }).of(tag));
	return name === own || !own ? (name ?? tag) : `${name} (${own})`;
}

const styles: Record<string, string> = {
	informal: 'People address one another in the familiar way, unless a term says otherwise.',
	formal: 'People address one another in the formal way, unless a term says otherwise.',
	everyday: 'Everyday speech.',
	literary: 'Literary language.',
	technical: 'The exact words of the trade.',
	children: 'Simple words and short sentences: children read it.',
	british: 'British spelling and words.',
	american: 'American spelling and words.',
	songsKept: 'What is sung (♪) stays as it is: write it unchanged.',
	signsKept: 'What is written in the picture (often in capitals) stays as it is: write it unchanged.',
};

function styleLines(targetLanguage: string, { formality, register, englishVariety, songs, signs }: FilmBrief['style']): string {
	const english = /^en\b/i.test(targetLanguage) ? englishVariety : 'auto';
	const chosen = [formality, register, english, songs === 'keep' ? 'songsKept' : '', signs === 'keep' ? 'signsKept' : ''];
	return chosen.flatMap((word) => (styles[word] ? [`- ${styles[word]}`] : [])).join('\n');
}

function termText({ source, target, kind, gender, note }: Term): string {
	const about = [kind === 'address' ? 'form of address' : '', gender === 'unknown' ? '' : gender, note].filter((part) => part !== '').join('; ');
	return `${JSON.stringify(source)} → ${JSON.stringify(target)}${about === '' ? '' : ` (${about})`}`;
}

function keysText(cues: readonly AskedCue[]): string {
	const keys = cues.map(({ key }) => key);
	return keys.length === 1 ? `number ${keys[0]}` : `the ${keys.length} numbers ${keys.join(', ')}`;
}
