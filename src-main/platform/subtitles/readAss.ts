import { assProblems, plainStyle } from './assProblems.ts';
import type { Cue, CueFault, CueProblem, ReadSubtitles, Span } from './Cue.ts';
import { readClockTime } from './clockTime.ts';
import { timesAround } from './readSrt.ts';
import { type TextLine, textLines } from './textLines.ts';

const regular = /^\d:\d{2}:\d{2}\.\d{2}$/;
const usualFields = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];
/** Of a line that names the fields, so that a file cannot have a million of them. */
const longestFormat = 2000;
const event = /^(\s*)(Dialogue|Comment)\s*:[ \t]?/i;

/**
 * Reads Advanced SubStation Alpha, and SSA before it. The cues are the lines of its events; script info, styles, fonts, graphics and whatever
 * else stands in the file stay as they are. Never throws; what was odd is told.
 */
export function readAss(text: string): ReadSubtitles {
	const lines = textLines(text);
	const problems: CueProblem[] = [];
	const cues: Cue[] = [];
	const styles = new Set<string>();
	let [section, fields, styleName] = ['', fieldPlaces(usualFields), 0];
	if (!lines.some((line) => /^\s*\[events\]\s*$/i.test(line.text)))
		problems.push({ what: 'headerMissing', line: 1, found: (lines[0]?.text ?? '').slice(0, 80) });
	for (const [at, line] of lines.entries()) {
		const named = /^\s*\[([^\]]*)\]\s*$/.exec(line.text)?.[1];
		if (named !== undefined) section = named.toLowerCase();
		if (/styles\+?$/.test(section)) {
			const [kind, values] = styleLine(line.text);
			if (kind === 'format') styleName = Math.max(0, values.indexOf('name'));
			if (kind === 'style') styles.add(plainStyle(values[styleName] ?? ''));
		}
		if (named !== undefined || (section !== 'events' && section !== '')) continue;
		const format = /^\s*Format\s*:(.*)$/is.exec(line.text)?.[1];
		if (format !== undefined) fields = fieldPlaces(format.slice(0, longestFormat).split(','));
		const read = event.test(line.text) ? readEvent(line, at, fields, cues.at(-1)?.endMs ?? 0) : null;
		if (!read) continue;
		if ('cue' in read) cues.push(read.cue);
		if (read.problem) problems.push({ what: read.problem, line: at + 1, found: line.text.slice(0, 80) });
	}
	return { cues, problems: problems.concat(assProblems(cues, styles)).sort((a, b) => a.line - b.line) };
}

/** Where each field stands in a line, by its name. */
interface FieldPlaces {
	places: ReadonlyMap<string, number>;
	count: number;
}

function fieldPlaces(names: readonly string[]): FieldPlaces {
	return { places: new Map(names.map((name, at) => [name.trim().toLowerCase(), at])), count: names.length };
}

/** What a line of the styles says: its fields in lower case where it names them. */
function styleLine(text: string): [kind: 'format' | 'style' | null, values: string[]] {
	const [, word = '', rest = ''] = /^\s*(Format|Style)\s*:(.*)$/is.exec(text.slice(0, longestFormat)) ?? [];
	const values = rest.split(',').map((value) => value.trim());
	if (word === '') return [null, []];
	return word.toLowerCase() === 'format' ? ['format', values.map((value) => value.toLowerCase())] : ['style', values];
}

function readEvent(line: TextLine, at: number, { places, count }: FieldPlaces, lastMs: number): { cue: Cue; problem?: CueFault } | { problem: CueFault } {
	const [head = '', , kind = ''] = event.exec(line.text) ?? [];
	const fields = fieldsOf(line, head.length, count);
	const field = (name: string) => fields[places.get(name) ?? -1];
	const [start, end] = [field('start'), field('end')];
	// Of a line with fewer fields the last one is what is read, where it is none of the times.
	const text = field('text') ?? (fields.length > Math.max(places.get('start') ?? 0, places.get('end') ?? 0) + 1 ? fields.at(-1) : undefined);
	if (!start || !end || !text) return { problem: 'fieldsMissing' };
	const [from, until] = [readClockTime(start.text, regular), readClockTime(end.text, regular)];
	if (!from || !until) return { problem: 'badTime' };
	const spanOf = ({ start: begins, end: ends }: Span) => ({ start: begins, end: ends });
	const cue: Cue = {
		...{ ...timesAround(from, until, lastMs), text: text.text, kind: kind.toLowerCase() === 'comment' ? 'comment' : 'shown', line: at + 1 },
		spans: { start: spanOf(start), end: spanOf(end), text: spanOf(text), whole: { start: line.start, end: line.next } },
		...{ style: field('style')?.text.trim() ?? '', actor: (field('name') ?? field('actor'))?.text.trim() ?? '' },
		layer: (field('layer') ?? field('marked'))?.text.trim() ?? '',
	};
	if (fields.length < count) return { cue, problem: 'fieldsMissing' };
	if (from.isImpossible || until.isImpossible) return { cue, problem: 'impossibleTime' };
	return from.isRegular && until.isRegular ? { cue } : { cue, problem: 'oddTime' };
}

/** The fields of a line between its commas; the last one holds all that is left. Spaces around a field are not part of it, but in the last. */
function fieldsOf(line: TextLine, from: number, count: number): (Span & { text: string })[] {
	const fields: (Span & { text: string })[] = [];
	for (let at = from; fields.length < count; ) {
		const comma = fields.length === count - 1 ? -1 : line.text.indexOf(',', at);
		const end = comma === -1 ? line.text.length : comma;
		const raw = line.text.slice(at, end);
		const isLast = fields.length === count - 1;
		const before = isLast ? 0 : raw.length - raw.trimStart().length;
		const text = isLast ? raw : raw.trim();
		fields.push({ start: line.start + at + before, end: line.start + at + before + text.length, text });
		if (comma === -1) break;
		at = comma + 1;
	}
	return fields;
}
