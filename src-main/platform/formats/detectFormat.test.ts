import { expect, test } from 'vitest';
import { detectFormat } from './detectFormat.ts';

const told: [what: string, source: string | Buffer, name: string, format: string | null][] = [
	['an object', '{"a": 1}', '', 'json'],
	['an object under a name of lines', '{"a": 1}', 'x.jsonl', 'jsonl'],
	['a pretty object', '\n {\n  "a": [1,\n 2]\n}\n', '', 'json'],
	['JSON under the name of a table', '[1, 2]', 'x.csv', 'json'],
	['a mark before it', '\ufeff{"a": 1}', '', 'json'],
	['UTF-16', Buffer.from('\ufeff{"a": 1}', 'utf16le'), '', 'json'],
	['a value a line', '{"a":1}\n{"a":2}\n', '', 'jsonl'],
	['a value a line, one broken', '{"a":1}\n{"a":2}\n{"a":}\n', '', 'jsonl'],
	['a list cut off', `[${'{"a":1},'.repeat(20_000)}`, '', 'json'],
	['broken JSON', '{"a": 1,, "b"}', '', 'json'],
	['JSON too deep', '['.repeat(60_000), '', 'json'],
	['YAML in braces', '{a: 1, b: [x, y]}\n', '', 'yaml'],
	['a mapping', '# c\na: 1\nb:\n  - 2\n', '', 'yaml'],
	['a list', '- a\n- b\n', '', 'yaml'],
	['a mapping with commas', 'a: 1, 2\nb: 3, 4\n', '', 'yaml'],
	['a document mark', '--- text\n', '', 'yaml'],
	['a section', '[a]\nb = 1\n', '', 'toml'],
	['keys', 'a = 1\nb.c = "x, y"\n', '', 'toml'],
	['a list of tables', '[[a]]\nb = 1\n[[a]]\nb = 2\n', '', 'toml'],
	['a section, a later key twice', '[a]\nb = 1 # c\nb = 2\n', '', 'toml'],
	['a value a line, the second broken', '{"a":1}\n{"a":2\n{"a":3}\n', '', 'jsonl'],
	['an element', '<a/>', '', 'xml'],
	['a declaration', '\n<?xml version="1.0"?><a/>', '', 'xml'],
	['a broken element', '<a><b></a>', '', 'xml'],
	['commas', 'a,b\n1,2\n', '', 'csv'],
	['commas in brackets', '[x],[y]\n1,2\n', '', 'csv'],
	['semicolons and decimal commas', 'a;b\n1,5;2,5\n3,5;4\n', '', 'csv'],
	['quoted line ends', 'a,b\n"1\n2, 3",4\n', '', 'csv'],
	['times in a table', 'when,what\n12:30,a\n13:30,b\n', '', 'csv'],
	['tabs', 'a\tb\n1\t2\n', 'x.csv', 'tsv'],
	['a single column', 'Ada\nBob\n', 'names.csv', 'csv'],
	['a single column without a name', 'Ada\nBob\n', '', null],
	['nothing', '', 'x.yaml', 'yaml'],
	['nothing without a name', '', '', null],
	['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61', 'hex'), 'x.json', null],
	['a ZIP of something else', Buffer.from('PK\x03\x04..word/document.xml', 'latin1'), 'x.docx', null],
	['a workbook', Buffer.from('PK\x03\x04..xl/workbook.xml', 'latin1'), '', 'xlsx'],
	['prose', 'Dear all, we meet at noon.\nBring tea.\n', '', null],
	['a name of another kind', 'x', 'x.constructor', null],
];

test.each(told)('tells %s', (_what, source, name, format) => {
	expect(detectFormat(Buffer.from(source as string), name)).toBe(format);
});
