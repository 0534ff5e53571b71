import type { ScalarTag, Tags } from 'yaml';
import { Scalar } from 'yaml';
import type { Moment } from '../middle.ts';

const standard = 'tag:yaml.org,2002:';

/** A scalar that is written exactly so: a number with its digits, a date as it was. */
export class Verbatim {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

/** Dates and times of YAML 1.1 (yaml.org/type/timestamp), with the parts that may be missing. */
const timestamp = /^\d{4}-\d\d-\d\d$|^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?$/;

/** What a YAML timestamp says of time; null for a text that is none. */
export function momentType(text: string): Moment['type'] | null {
	if (!timestamp.test(text)) return null;
	if (text.length === 10) return 'date';
	return /(?:Z|[-+]\d\d?(?::?\d\d)?)$/.test(text.slice(10)) ? 'dateTime' : 'localDateTime';
}

const moment: ScalarTag = {
	tag: `${standard}timestamp`,
	identify: () => false,
	resolve(text, onError) {
		if (momentType(text) === null) onError('A timestamp has the form of a date or of a date with a time.');
		return new Verbatim(text);
	},
	stringify: ({ value }) => (value instanceof Verbatim ? value.text : String(value)),
};

const number: ScalarTag = {
	tag: `${standard}float`,
	default: true,
	identify: (value) => value instanceof Verbatim,
	// It is for writing alone: no word is read by it.
	test: /(?!)/,
	resolve: (text) => text,
	stringify: ({ value }) => (value instanceof Verbatim ? value.text : String(value)),
};

/** Collections that would be checked and rebuilt; here they stay what they are, with their tag. `<<` stays a key (`mergeKeys`). */
const rebuilt = new Set(['omap', 'pairs', 'set', 'merge', 'timestamp', 'binary'].map((name) => standard + name));

/** The tags of a version, changed so that nothing that was written is lost. */
export function readingTags(tags: Tags): Tags {
	const isOld = tags.some((tag) => typeof tag === 'object' && tag.tag === moment.tag);
	const kept = tags.filter((tag) => typeof tag !== 'object' || !rebuilt.has(tag.tag));
	const dated: ScalarTag = isOld ? { ...moment, default: true, test: timestamp } : moment;
	return [dated, 'binary', ...kept];
}

/** The tags of YAML 1.2 with numbers as they are written. */
export function writingTags(tags: Tags): Tags {
	return [number, moment, 'binary', ...tags];
}

/** The styles of a scalar by the names of the middle. */
export const scalarStyles = {
	plain: Scalar.PLAIN,
	single: Scalar.QUOTE_SINGLE,
	double: Scalar.QUOTE_DOUBLE,
	literal: Scalar.BLOCK_LITERAL,
	folded: Scalar.BLOCK_FOLDED,
} as const;

/** The tag that a kind has anyway, and that need not be told. */
export function isUsualTag(tag: string, kind: string): boolean {
	const usual: Record<string, string[]> = {
		text: ['str'],
		null: ['null'],
		boolean: ['bool'],
		number: ['int', 'float'],
		moment: ['timestamp'],
		binary: ['binary'],
		sequence: ['seq'],
		mapping: ['map'],
	};
	return usual[kind]?.some((name) => tag === standard + name) ?? false;
}
