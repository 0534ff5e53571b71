import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { readTable, tableLimits } from './readTable.ts';

const delimiters = [',', ';', '\t', '|'];

/** Writes text in an encoding that `TextDecoder` reads, by decoding every one- and two-byte sequence and looking the characters up. */
function encode(text: string, encoding: string): Uint8Array {
	if (encoding === 'utf-8') return Buffer.from(text);
	if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
	if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
	const decoder = new TextDecoder(encoding);
	const sequences = new Map<string, number[]>();
	const add = (...bytes: number[]) => {
		const characters = [...decoder.decode(Uint8Array.from(bytes))];
		if (characters.length === 1 && characters[0] !== '\uFFFD' && !sequences.has(characters[0] ?? '')) sequences.set(characters[0] ?? '', bytes);
	};
	for (let first = 0; first < 256; first++) add(first);
	for (let first = 0x81; first < 256; first++) for (let second = 0x30; second < 256; second++) add(first, second);
	return Uint8Array.from([...text].flatMap((character) => sequences.get(character) ?? []));
}

const classes: [encoding: string, rows: string[][]][] = [
	[
		'utf-8',
		[
			['student id', 'name', 'answer'],
			['007', 'Zoë', 'Plants turn light into sugar; they need water, too.'],
			['008', 'Ann', 'I do not know 😀'],
		],
	],
	[
		'utf-16le',
		[
			['id', 'answer'],
			['1', 'Light, then sugar'],
		],
	],
	[
		'utf-16be',
		[
			['学号', '答案'],
			['1', '植物吸收光能，制造糖。'],
		],
	],
	[
		'gb18030',
		[
			['学号', '姓名', '作答'],
			['001', '王小明', '光合作用把光能转化为化学能。'],
			['002', '李华', '植物吸收水和二氧化碳'],
		],
	],
	[
		'big5',
		[
			['學號', '姓名', '答案'],
			['001', '王小明', '光合作用把光能轉化為化學能。'],
			['002', '李華', '植物吸收水'],
		],
	],
	[
		'shift_jis',
		[
			['番号', '名前', '答え'],
			['1', '山田', '光合成は光のエネルギーを使います。'],
			['2', '佐藤', 'わかりません'],
		],
	],
	[
		'euc-jp',
		[
			['番号', '名前', '答え'],
			['1', '山田', '光合成は光のエネルギーを使います。'],
			['2', '佐藤', 'わかりません'],
		],
	],
	[
		'euc-kr',
		[
			['학번', '이름', '답'],
			['1', '김철수', '광합성은 빛 에너지를 화학 에너지로 바꾼다.'],
			['2', '이영희', '물이 필요하다'],
		],
	],
	[
		'windows-1251',
		[
			['номер', 'имя', 'ответ'],
			['1', 'Иван', 'Фотосинтез превращает свет в энергию.'],
			['2', 'Анна', 'Не знаю'],
		],
	],
	[
		'windows-1252',
		[
			['id', 'réponse'],
			['1', 'La plante a été éclairée'],
			['2', 'déjà vu “même” là'],
		],
	],
	[
		'windows-1250',
		[
			['č', 'odpověď'],
			['1', 'Rostlina přeměňuje světlo na energii, protože je to důležité'],
			['2', 'Nevím, možná kvůli vodě a vzduchu'],
		],
	],
	[
		'windows-1253',
		[
			['α/α', 'απάντηση'],
			['1', 'Το φυτό μετατρέπει το φως σε ενέργεια'],
			['2', 'Δεν ξέρω'],
		],
	],
];

test.for(classes.flatMap(([encoding, rows]) => delimiters.map((delimiter) => ({ encoding, delimiter, rows }))))(
	'reads $encoding separated by "$delimiter" without being told',
	async ({ encoding, delimiter, rows }) => {
		const table = await readTable({ bytes: encode(stringify(rows, { delimiter }), encoding) });
		expect({
			encoding: table.encoding,
			delimiter: table.delimiter,
			cells: [table.header, ...table.rows.map(({ cells }) => cells)],
			problems: table.problems,
		}).toEqual({
			encoding,
			delimiter,
			cells: rows,
			problems: [],
		});
	},
);

test('a byte order mark decides, and is no part of the first column’s name', async () => {
	for (const encoding of ['utf-8', 'utf-16le', 'utf-16be']) {
		const { header, encoding: read } = await readTable({ bytes: encode('\uFEFFid,answer\n1,是', encoding) });
		expect([read, header]).toEqual([encoding, ['id', 'answer']]);
	}
});

test('takes a table in UTF-8 with a stray zero byte for what it is', async () => {
	const { header, rows } = await readTable({ bytes: Buffer.from('x,\0\nx,\n') });
	expect([header, rows.map(({ cells }) => cells)]).toEqual([['x', '\0'], [['x', '']]]);
});

test('gives back every cell that csv-stringify writes, whatever is in it', async () => {
	const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('', '001', '"', ',', ';', '\r\n', 'a\nb', '=1+1', ' x '));
	const row = (width: number) => fc.array(cell, { minLength: width, maxLength: width }).map(([first = '', ...rest]) => [`${first}x`, ...rest]);
	const tables = fc.integer({ min: 2, max: 5 }).chain((width) => fc.array(row(width), { minLength: 1, maxLength: 12 }));
	await fc.assert(
		fc.asyncProperty(tables, fc.constantFrom(...delimiters), fc.constantFrom('unix', 'windows'), fc.boolean(), async (rows, delimiter, ends, bom) => {
			const text = stringify(rows, { delimiter, record_delimiter: ends, quoted_match: /[\r\n]/, bom });
			fc.pre(!/^\uFEFF?sep=/i.test(text) && !rows[0]?.[0]?.startsWith('\uFEFF'));
			const table = await readTable({ bytes: Buffer.from(text) }, { delimiter });
			expect([table.header, ...table.rows.map(({ cells }) => cells)]).toEqual(rows.map((cells) => cells.map((value) => Buffer.from(value).toString())));
		}),
	);
});

test('reads a file of many slices like a small one', async () => {
	const rows = Array.from({ length: 5000 }, (_, index) => [String(index), `line one of ${index}\r\nline "two"`, '作答，'.repeat(index % 30)]);
	const table = await readTable({ bytes: Buffer.from(stringify([['id', 'answer', 'more'], ...rows])) });
	expect(table.rows.map(({ cells }) => cells)).toEqual(rows);
	expect(table.rows.at(-1)?.row).toBe(5001);
});

test('takes every kind of line end, also mixed, and counts blank rows as a spreadsheet does', async () => {
	const { rows } = await readTable({ text: 'id,answer\r\n1,a\n2,b\r3,c\n\n,\n4,d\n' });
	expect(rows).toEqual([
		{ row: 2, cells: ['1', 'a'] },
		{ row: 3, cells: ['2', 'b'] },
		{ row: 4, cells: ['3', 'c'] },
		{ row: 7, cells: ['4', 'd'] },
	]);
});

test.for([
	['a comma in the prose of an answer', 'id;answer\n1;Yes, it is\n2;No, not at all, never', ';'],
	['prose alone', 'answer\nYes, it is.\nNo, not at all, never.', '\t'],
	['commas that nobody quoted', 'id,answer\n1,Yes, it is\n2,No\n3,a, b, c', ','],
	['a line that says so', 'sep=|\nid|answer, in words\n1|a, b', '|'],
	['rows that are too wide and too narrow', 'a,b\n1,2,3\n4', ','],
	['rows that lack most of their cells', 'id;name;mark\n1\n2\n3;Ann', ';'],
	['a comma in the name of its one column', 'Question 1, part a\nBecause\nLight, heat\nNothing\nWater\nAir', '\t'],
	['prose that mostly has commas', 'answer\nYes, it is\nNo, never\nYes', '\t'],
	['delimiters inside quotes', '"a;b",answer\n"x;y;z",1\n";;;;",2', ','],
])('finds the delimiter in spite of %s', async ([, text, delimiter]) => {
	expect((await readTable({ text: text ?? '' })).delimiter).toBe(delimiter);
});

test('tells ragged rows, unnamed and repeated columns, and what could not be decoded, and keeps them all', async () => {
	const table = await readTable({
		bytes: Buffer.concat([Buffer.from('\uFEFFid, answer ,,answer\n1,a\n2,b,c,d,e\n3,'), Buffer.from([0xff]), Buffer.from(',c,d\n')]),
	});
	expect({ columns: table.columns, cells: table.rows.map(({ cells }) => cells), problems: table.problems }).toEqual({
		columns: ['id', 'answer', 'Column 3', 'answer (2)', 'Column 5'],
		cells: [
			['1', 'a'],
			['2', 'b', 'c', 'd', 'e'],
			['3', '\uFFFD', 'c', 'd'],
		],
		problems: [
			{ row: 1, column: 'Column 3', code: 'unnamedColumn', detail: 'Column 3' },
			{ row: 1, column: 'answer (2)', code: 'duplicateColumn', detail: 'answer' },
			{ row: 2, column: 'Column 3', code: 'raggedRow', detail: '2/4' },
			{ row: 3, column: 'Column 5', code: 'raggedRow', detail: '5/4' },
			{ row: 4, column: 'answer', code: 'undecodable', detail: '\uFFFD' },
		],
	});
});

test('a long UTF-8 file with one damaged byte is still read as UTF-8', async () => {
	const bytes = Buffer.from(`id,answer\n${Array.from({ length: 100 }, (_, index) => `${index},光合作用把光能转化为化学能`).join('\n')}`);
	bytes[60] = 0xff;
	const table = await readTable({ bytes });
	expect([table.encoding, table.problems.map(({ row, code }) => ({ row, code }))]).toEqual(['utf-8', [{ row: 3, code: 'undecodable' }]]);
});

test.for([
	['nothing', { text: '' }, 1, { reason: 'empty' }],
	['blank lines alone', { text: '\n\n,,\n' }, 1, { reason: 'empty' }],
	['a quotation mark that is never closed', { text: 'id,answer\n1,a\n2,"b\n3,c\n' }, 3, { reason: 'quoteOpen' }],
	['a row of over a million characters', { text: `id,answer\n1,a\n2,${'x'.repeat(1_100_000)}\n` }, 3, { reason: 'rowTooLong' }],
	['more columns than can be read', { text: `a,b\n${'x,'.repeat(tableLimits.columns)}x` }, 2, { reason: 'tooManyColumns', limit: 500 }],
	[
		'more rows than can be taken',
		{ text: `id,answer\n${'1,a\n'.repeat(tableLimits.rows + 1)}` },
		tableLimits.rows + 2,
		{ reason: 'tooManyRows', limit: 20_000 },
	],
	['an Excel workbook', { bytes: Buffer.from('504b0304140006', 'hex') }, 1, { reason: 'spreadsheet' }],
	['a picture', { bytes: Buffer.from('89504e470d0a1a0a', 'hex') }, 1, { reason: 'picture' }],
] as const)('refuses %s with the reason and the row', async ([, input, row, data]) => {
	const refused = await readTable(input).catch((error: unknown) => error);
	expect(isFailure(refused, 'CSV_INVALID') && refused.data).toEqual({ row, column: null, found: null, limit: null, ...data });
});

test('refuses a file over the limit and an encoding that nobody knows', async () => {
	await expect(readTable({ bytes: new Uint8Array(tableLimits.bytes + 1) })).rejects.toMatchObject({
		code: 'TOO_LARGE',
		data: { limitBytes: tableLimits.bytes },
	});
	await expect(readTable({ bytes: Buffer.from('a') }, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('a file tells how it was written, what was pasted does not', async () => {
	const written = async (text: string) => (await readTable({ bytes: Buffer.from(text) })).written;
	expect([await written('a;b\n1;2\r\n'), await written('\uFEFFa,b\r\n1,2'), (await readTable({ text: 'a,b\n1,2' })).written]).toEqual([
		{ lineEnd: '\n', hasMark: false },
		{ lineEnd: '\r\n', hasMark: true },
		null,
	]);
});
