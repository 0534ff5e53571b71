import { FormatError } from '../../../platform/formats/FormatError.ts';
import { readJson } from '../../../platform/formats/json/readJson.ts';
import { Edits } from './Edits.ts';
import { mendJson } from './mendJson.ts';

/** Mends what was meant to be JSON Lines: each line that is no JSON by the rules of JSON, on its own, so that one broken line spoils no other. */
export function mendJsonLines(source: string): Edits {
	const edits = new Edits(source);
	let start = 0;
	for (const line of source.split('\n')) {
		if (line.trim() !== '' && !isJson(line))
			for (const { rule, at, end, text } of mendJson(line).all) edits.add(rule, start + at, start + end, text.replaceAll('\n', ' '));
		start += line.length + 1;
	}
	return edits;
}

function isJson(line: string): boolean {
	try {
		readJson(line);
		return true;
	} catch (error) {
		if (error instanceof FormatError) return false;
		throw error;
	}
}
