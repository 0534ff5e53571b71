import type { Cue, CueProblem } from './Cue.ts';
import { emptyCues } from './emptyCues.ts';
import { timingProblems } from './timingProblems.ts';

/** Where a line says itself where it stands, it lies over others on purpose. */
const placed = /\\(?:pos|move|an?\d|p\d)/;

/**
 * What is odd about the events of an ASS file. They stand in any order, and over one another in other layers; what is told is told of what is
 * shown alone.
 *
 * @param styles the names of those that the file has; none: it has no section for them, and nothing is said.
 */
export function assProblems(cues: readonly Cue[], styles: ReadonlySet<string>): CueProblem[] {
	const shown = cues.filter(({ kind }) => kind === 'shown');
	const ofItself = timingProblems(shown).filter(({ what }) => what !== 'outOfOrder' && what !== 'overlap');
	return [...ofItself, ...layerOverlaps(shown), ...unknownStyles(shown, styles), ...emptyCues('ass', shown)];
}

function layerOverlaps(shown: readonly Cue[]): CueProblem[] {
	const ends = new Map<string, number>();
	const inTime = shown.filter(({ text }) => !placed.test(text)).toSorted((one, other) => one.startMs - other.startMs);
	return inTime.flatMap(({ startMs, endMs, layer = '', line, text }): CueProblem[] => {
		const until = ends.get(layer) ?? 0;
		ends.set(layer, Math.max(until, endMs ?? 0));
		return startMs < until ? [{ what: 'layerOverlap', line, found: text.slice(0, 80) }] : [];
	});
}

function unknownStyles(shown: readonly Cue[], styles: ReadonlySet<string>): CueProblem[] {
	if (styles.size === 0) return [];
	const first = new Map<string, Cue>();
	for (const cue of shown) {
		const name = plainStyle(cue.style ?? '');
		// Players take one without a name for the default.
		if (name !== '' && name !== 'default' && !styles.has(name) && !first.has(name)) first.set(name, cue);
	}
	return Array.from(first.values(), ({ line, style = '' }) => ({ what: 'unknownStyle', line, found: style.slice(0, 80) }));
}

/** A style's name as players compare it: some programs put a star before it, and any case is the default's. */
export function plainStyle(name: string): string {
	const plain = name.trim().replace(/^\*+/, '');
	return plain.toLowerCase() === 'default' ? 'default' : plain;
}
