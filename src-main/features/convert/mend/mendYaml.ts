import type { MendRule } from '#contract/convertMend.ts';
import { Edits } from './Edits.ts';

/** So many lines are mended at most, each after another reading of the whole. */
const mostLines = 200;

interface LineRule {
	rule: MendRule;
	/** The line mended; null where the rule has nothing to do with it. */
	mend(line: string): string | null;
}

/** A key, with what stands before it, and its value. */
const entry = /^(\s*(?:-\s+)*(?:[^\s#:"'{}[\],][^:#]*?|"[^"]*"|'[^']*')\s*:\s+)(\S.*?)(\s+#.*)?$/;
const quoted = (text: string) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

const rules: readonly LineRule[] = [
	{ rule: 'tabIndent', mend: (line) => (/^ *\t/.test(line) ? line.replace(/^[ \t]+/, (space) => space.replaceAll('\t', '  ')) : null) },
	{ rule: 'smartQuote', mend: (line) => changed(line, line.replace(/[“”„‟]/g, '"').replace(/[‘’‚‛]/g, "'")) },
	{ rule: 'openQuote', mend: closeQuote },
	{ rule: 'specialStart', mend: (line) => quoteValue(line, (value) => /^[@`%&*!|>{}[\],]/.test(value)) },
	{ rule: 'colonInText', mend: (line) => quoteValue(line, (value) => /:(?:\s|$)/.test(value) && !/^["'{[]/.test(value)) },
	{ rule: 'spaceAfterColon', mend: (line) => changed(line, line.replace(/^(\s*(?:-\s+)*[\p{L}_][\p{L}\p{N}_ -]*):(?=[^\s:/])/u, '$1: ')) },
	{ rule: 'unquotedText', mend: (line) => quoteValue(line, (value) => /^["'].*["'].+/.test(value)) },
];

/**
 * Mends what was meant to be YAML: the line that its reader breaks off at, or the one before it, by the first rule that has something to do with
 * it, until it can be read or no rule helps. `brokenLine` reads and tells the line, counted from 1, or null where all is well.
 */
export async function mendYaml(source: string, brokenLine: (text: string) => Promise<number | null>): Promise<Edits> {
	const lines = source.split('\n');
	const mended = new Map<number, MendRule>();
	const now = [...lines];
	for (let count = 0; count < mostLines; count++) {
		const broken = await brokenLine(now.join('\n'));
		if (broken === null) break;
		const found = [broken - 1, broken - 2].flatMap((at) => tryRules(now[at] ?? '', at, mended.get(at))).at(0);
		if (!found) break;
		now[found.at] = found.line;
		mended.set(found.at, found.rule);
	}
	const edits = new Edits(source);
	let at = 0;
	for (const [number, line] of lines.entries()) {
		const rule = mended.get(number);
		if (rule) edits.add(rule, at, at + line.length, now[number] ?? line);
		at += line.length + 1;
	}
	return edits;
}

/** What the first rule makes of a line; a rule that was tried on it did not help. */
function tryRules(line: string, at: number, tried: MendRule | undefined): { at: number; line: string; rule: MendRule }[] {
	const from = tried === undefined ? 0 : rules.findIndex(({ rule }) => rule === tried) + 1;
	return rules.slice(from).flatMap(({ rule, mend }) => {
		const mended = mend(line);
		return mended === null || mended === line ? [] : [{ at, line: mended, rule }];
	});
}

function changed(line: string, next: string): string | null {
	return next === line ? null : next;
}

function quoteValue(line: string, isWanted: (value: string) => boolean): string | null {
	const [, key, value, comment = ''] = entry.exec(line) ?? [];
	if (key === undefined || value === undefined || !isWanted(value)) return null;
	return `${key}${quoted(value)}${comment}`;
}

/** Closes a text that begins with a quote and does not end with one. */
function closeQuote(line: string): string | null {
	const [, key, value, comment = ''] = entry.exec(line) ?? /^(\s*(?:-\s+)+)(\S.*?)(\s+#.*)?$/.exec(line) ?? [];
	const quote = value?.[0];
	if (key === undefined || value === undefined || (quote !== '"' && quote !== "'") || (value.length > 1 && value.endsWith(quote))) return null;
	return `${key}${value}${quote}${comment}`;
}
