import { z } from 'zod';
import { countCharacters } from '#contract/measureCue.ts';
import type { JsonSchema } from '../engine/engine.ts';
import type { BatchCue } from './BatchCue.ts';
import { type ModelAnswer, textConfidences } from './textConfidences.ts';

/** What decides how long a translation may become. */
type Bounded = Pick<BatchCue, 'key' | 'text' | 'limit'>;

/** Room for a word or two where hardly anything is said, and for what a mark is in a text. */
const leastRoom = 60;
/**
 * A short text may become three times as long in another language (IBM's table in W3C's "Text size in translation": up to 10 letters 200 to 300 %,
 * over 70 letters 130 %).
 */
const mostGrowth = 3;
/** Caps that are the same share their part of the grammar. */
const capStep = 32;

/**
 * The most characters of a translation, which no person needs: three times what is said, a wide character being two, or what the reading rules
 * let a cue have, whichever is more. A model that comes there goes round in circles.
 */
export function mostCharacters({ text, limit }: Pick<BatchCue, 'text' | 'limit'>): number {
	const said = text.split('\n').reduce((sum, line) => sum + 2 * countCharacters(line, 'byWidth'), 0);
	return Math.ceil((leastRoom + mostGrowth * Math.max(said, limit)) / capStep) * capStep;
}

/** The form of the translations of these cues: the very keys, each with a text, so that as many come out as went in and each under its own. */
export function batchSchema(cues: readonly Bounded[]): JsonSchema {
	return {
		type: 'object',
		properties: Object.fromEntries(cues.map((cue) => [cue.key, { type: 'string', minLength: 1, maxLength: mostCharacters(cue) }])),
	};
}

/** Texts by their keys in that form. */
export function writeBatch(said: ReadonlyMap<string, string>): string {
	return JSON.stringify(Object.fromEntries(said));
}

const texts = z.record(z.string(), z.string());
/** What a model says of a cue. */
export interface Said {
	text: string;
	/** The mean natural log-probability of its tokens; null where none was told. */
	confidence: number | null;
}

/**
 * Reads what a model answered: the texts by their keys. Null for anything that does not have these keys and no others; a key whose text says
 * nothing, or was ended by its cap alone, is left out.
 */
export function readBatch(cues: readonly Bounded[], answer: ModelAnswer): Map<string, Said> | null {
	const read = texts.safeParse(parsed(answer.text));
	if (!read.success) return null;
	const asked = new Map(cues.map((cue) => [cue.key, cue]));
	const said = Object.entries(read.data);
	if (said.length !== asked.size || said.some(([key]) => !asked.has(key))) return null;
	const whole = said.filter(([key, text]) => [...text].length < mostCharacters(asked.get(key) ?? { text: '', limit: 0 }));
	const confidences = textConfidences(answer);
	const plainOnes = whole.map(([key, text]) => [key, { text: plain(text), confidence: confidences.get(key) ?? null }] as const);
	return new Map(plainOnes.filter(([, { text }]) => text.replace(/⟦\d{1,3}⟧/g, '').trim() !== ''));
}

/** Control characters say nothing and break files; a line end of any kind is one. */
function plain(text: string): string {
	return text
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.replace(/(?![\n\t])\p{Cc}/gu, '')
		.replace(/[^\S\n]*\n\s*/g, '\n')
		.trim();
}

function parsed(answer: string): unknown {
	try {
		return JSON.parse(answer);
	} catch {
		// Whatever it is, it is no answer.
		return null;
	}
}
