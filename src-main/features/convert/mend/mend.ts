import { convertLimits } from '#contract/convertLimits.ts';
import type { Mended } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { placesIn } from '../../../platform/formats/placeAt.ts';
import { brokenLine } from './brokenLine.ts';
import { Edits } from './Edits.ts';
import { mendJson } from './mendJson.ts';
import { mendJsonLines } from './mendJsonLines.ts';
import { mendTable } from './mendTable.ts';
import { mendXml } from './mendXml.ts';
import { mendYaml } from './mendYaml.ts';

const longestShown = 200;

/** Mends a source by rules, as far as they go: every change with its rule and line, and whether it can be read then. Nothing is kept. */
export async function mend(content: string, from: FormatName, delimiter: string | null): Promise<Mended> {
	const edits = await editsFor(content, from, delimiter);
	const placeOf = placesIn(content);
	const changes = edits.all.slice(0, convertLimits.notes).map(({ at, end, text, rule }) => ({
		...{ rule, line: placeOf(at).line },
		...{ was: content.slice(at, Math.min(end, at + longestShown)), becomes: text.slice(0, longestShown) },
	}));
	const result = edits.result();
	return { content: result, changes, total: edits.all.length, isWhole: (await brokenLine(result, from)) === null };
}

async function editsFor(content: string, from: FormatName, delimiter: string | null): Promise<Edits> {
	switch (from) {
		case 'json':
			return mendJson(content);
		case 'jsonl':
			return mendJsonLines(content);
		case 'yaml':
			return mendYaml(content, (text) => brokenLine(text, 'yaml'));
		case 'xml':
			return mendXml(content);
		case 'csv':
			return mendTable(content, delimiter ?? commonest(content));
		case 'tsv':
			return mendTable(content, '\t');
		default:
			return new Edits(content);
	}
}

function commonest(content: string): string {
	const [line = ''] = content.split('\n', 1);
	const count = (mark: string) => line.split(mark).length;
	return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
