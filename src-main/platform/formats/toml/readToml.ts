import { parse, TomlError } from 'smol-toml';
import { deepest, FormatError } from '../FormatError.ts';
import type { Reading } from '../middle.ts';
import { scanToml } from './scanToml.ts';

/**
 * Reads TOML: smol-toml says whether it is right and where it is not, and a scan of the same text keeps the comments, digits, order and dates that
 * its result no longer has.
 *
 * @throws FormatError with its line
 */
export function readToml(text: string): Reading {
	try {
		parse(text, { integersAsBigInt: true, unsafeKeyBehaviour: 'keep', maxDepth: deepest });
	} catch (error) {
		throw failureOf(error);
	}
	const { root, epilog } = scanToml(text);
	return { documents: [{ root, ...(epilog.length > 0 && { epilog: epilog.map((line) => ({ kind: 'comment' as const, text: line })) }) }] };
}

function failureOf(error: unknown): unknown {
	if (!(error instanceof TomlError)) return error;
	const [, detail = ''] = /^Invalid TOML document: ([^\n]*)/.exec(error.message) ?? [];
	const { line, column } = error;
	if (detail.includes('excessively nested')) return new FormatError('tooDeep', detail, { line, column, detail: String(deepest) });
	return new FormatError('tomlSyntax', detail, { line, column, detail });
}
