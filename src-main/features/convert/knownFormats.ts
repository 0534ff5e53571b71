import type { FormatName } from '#contract/convertOrder.ts';
import { formats } from '../../platform/formats/formats.ts';

/** The endings of files in each format, the usual one first. */
const endings: Record<FormatName, readonly string[]> = {
	json: ['json', 'geojson', 'ipynb', 'webmanifest'],
	jsonl: ['jsonl', 'ndjson'],
	yaml: ['yaml', 'yml'],
	xml: ['xml', 'svg', 'rss', 'atom', 'xsd', 'xsl', 'xhtml', 'gpx', 'kml', 'plist'],
	csv: ['csv'],
	tsv: ['tsv', 'tab'],
	toml: ['toml'],
	xlsx: ['xlsx'],
};

/** A format as a screen or another program hears of it. */
export interface KnownFormat {
	name: FormatName;
	extensions: string[];
	mime: string;
	isText: boolean;
	canStream: boolean;
}

/** Every format that there is. */
export function knownFormats(): KnownFormat[] {
	return Object.entries(formats).map(([key, { mime, canStream }]) => {
		// The record's keys are the names of formats.
		const name = key as FormatName;
		return { name, extensions: [...endings[name]], mime, isText: name !== 'xlsx', canStream };
	});
}

/** The format that a file is of by its name; null where its ending is none that is known. */
export function formatOfName(fileName: string): FormatName | null {
	const ending = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
	return knownFormats().find(({ extensions }) => extensions.includes(ending))?.name ?? null;
}

/** The ending of a format's files. */
export function extensionOf(name: FormatName): string {
	return endings[name][0] ?? name;
}
