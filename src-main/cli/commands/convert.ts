import { extname } from 'node:path';
import { formatName } from '#contract/convertOrder.ts';
import type { Command } from '../Command.ts';
import { usageError } from '../exitCodes.ts';
import { readInput, readyOutput } from '../files.ts';
import { wordsFor } from '../words.ts';

const mostNotes = 20;

export const convert: Command = {
	name: 'convert',
	words: '[FILE]',
	summary: 'converts a file, or what is piped in, into another format, and says what could not be carried',
	options: {
		to: { word: 'FORMAT', help: `${formatName.options.join(', ')} (as the ending of --out says)` },
		from: { word: 'FORMAT', help: 'what it is (found out, by what is in it and by its ending)' },
		out: { word: 'FILE', help: 'where the result goes (it is printed)' },
		force: { help: 'replaces a file that is there' },
		strict: { help: 'refuses where anything would be lost' },
		exact: { help: 'with all that the source knows, in a form made for it' },
		select: { word: 'JSONPATH', help: 'of data only what this finds' },
		'sort-keys': { help: 'keys in the order of the alphabet' },
		delimiter: { word: 'C', help: 'between the columns of a table' },
		sheet: { word: 'NAME', help: 'of a workbook this sheet alone (into csv and tsv: the first one with anything in it)' },
	},
	async run({ words: [file = '-', ...rest], given, client, terminal, stdin }) {
		if (rest.length > 0) throw usageError('One file at a time: for many, use the app or a loop of your shell.');
		const to = given.choice('to', formatName.options) ?? formatOf(given.text('out'));
		if (to === undefined) throw usageError(`--to FORMAT is missing: ${formatName.options.join(', ')}.`);
		const out = await readyOutput(given);
		const { bytes, name } = await readInput(file, stdin);
		const converted = await (await client()).call('tasks', 'convert', {
			...{ content_base64: bytes.toString('base64'), file_name: name },
			...{ to_format: to, from_format: given.choice('from', formatName.options), mode: given.is('exact') ? 'exact' : 'plain' },
			...{ strict: given.is('strict'), select: given.text('select') ?? '', sort_keys: given.is('sort-keys') },
			sheet: given.text('sheet') ?? '',
			delimiter: given.choice('delimiter', [',', ';', '\t', '|']),
		});
		const { converted_content: text, converted_content_base64: base64, loss_report: report, ...told } = converted;
		if (out !== undefined) await out.write(Buffer.from(base64, 'base64'));
		else if (text === null && !terminal.isJson) throw usageError(`${to} is no text: name a file with --out.`);
		else terminal.piece(text === null || text.endsWith('\n') ? (text ?? '') : `${text}\n`);
		if (terminal.isJson) terminal.result(out === undefined ? converted : { ...told, loss_report: report, file: out.path }, '');
		if (report.lost > 0 || report.by_convention > 0) terminal.say(`${report.lost} lost, ${report.by_convention} by convention:`);
		for (const { line, path, code, what } of report.notes.slice(0, mostNotes)) {
			const place = [line === null ? '' : `line ${line}`, path ?? ''].filter(Boolean).join(' ');
			const words = wordsFor(`convert.notes.${code}.what`, { to: told.to_format }) ?? wordsFor('convert.notes.other.what', { code });
			terminal.say(`  ${place === '' ? '' : `${place}: `}${words}${what ? ` (${what})` : ''}`);
		}
		if (report.notes.length > mostNotes) terminal.say(`  and ${report.notes.length - mostNotes} more.`);
	},
};

/** The format that a file's ending names. */
function formatOf(file: string | undefined) {
	const ending = extname(file ?? '')
		.slice(1)
		.toLowerCase();
	const named = { yml: 'yaml', ndjson: 'jsonl' }[ending] ?? ending;
	return formatName.options.find((format) => format === named);
}
