import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import type { DatasetProblem, DatasetSource, ExampleTurn } from '#contract/finetune.ts';
import { ExampleCollector } from './ExampleCollector.ts';
import { type ReadSource, readSource } from './readSource.ts';

const none = { marksOf: () => [], cuesOf: () => [], chatsOf: () => [] };

async function read(
	source: DatasetSource,
): Promise<{ read: ReadSource; turns: ExampleTurn[][]; rows: number[]; problems: DatasetProblem[]; gathered: ExampleCollector }> {
	const gathered = new ExampleCollector();
	const about = await readSource('ann', source, none, gathered);
	const { examples, problems } = gathered;
	return { read: about, turns: examples.map(({ turns }) => turns), rows: examples.map(({ row }) => row), problems, gathered };
}
const readText = (text: string) => read({ from: 'file', file: { text } });
const readBytes = (bytes: Uint8Array<ArrayBuffer>, fileName = 'data', more: object = {}) =>
	read({ from: 'file', file: { file: new File([bytes], fileName), fileName }, ...more });

const said = (...contents: string[]): ExampleTurn[] => contents.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }));
const codes = (problems: readonly DatasetProblem[]) => problems.map(({ row, code, field }) => [row, code, field]);

test.for<[string, unknown, string, ExampleTurn[]]>([
	['messages', { messages: [{ role: 'system', content: 's' }, ...said('q', 'a')] }, 'messages', [{ role: 'system', content: 's' }, ...said('q', 'a')]],
	['messages of several rounds', { messages: said('q', 'a', 'r', 'b'), id: 7 }, 'messages', said('q', 'a', 'r', 'b')],
	[
		'messages in parts',
		{
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'q' },
						{ type: 'text', text: '?' },
					],
				},
				{ role: 'assistant', content: 'a' },
			],
		},
		'messages',
		said('q?', 'a'),
	],
	['a list of messages alone', said('q', 'a'), 'messages', said('q', 'a')],
	[
		'ShareGPT',
		{
			system: 's',
			conversations: [
				{ from: 'human', value: 'q' },
				{ from: 'gpt', value: 'a' },
			],
		},
		'messages',
		[{ role: 'system', content: 's' }, ...said('q', 'a')],
	],
	[
		'neighbours of one role, joined',
		{
			messages: [
				{ role: 'user', content: 'q' },
				{ role: 'user', content: 'r' },
				{ role: 'assistant', content: 'a' },
			],
		},
		'messages',
		said('q\n\nr', 'a'),
	],
	['prompt and completion', { prompt: 'q', completion: 'a' }, 'prompt', said('q', 'a')],
	['question and answer with a system prompt', { question: 'q', answer: 'a', system: 's' }, 'prompt', [{ role: 'system', content: 's' }, ...said('q', 'a')]],
	['a prompt of messages', { prompt: said('q', 'a', 'r'), completion: [{ role: 'assistant', content: 'b' }] }, 'prompt', said('q', 'a', 'r', 'b')],
	['Alpaca', { instruction: 'Add.', input: '1 + 1', output: '2' }, 'alpaca', said('Add.\n\n1 + 1', '2')],
	['Alpaca without input', { instruction: 'Greet.', input: '', output: 'Hello' }, 'alpaca', said('Greet.', 'Hello')],
	['fields with a capital letter', { Question: 'q', Answer: 'a' }, 'prompt', said('q', 'a')],
])('reads %s, as a line, in a list and written over many lines', async ([, value, form, turns]) => {
	const other = { prompt: 'other', completion: 'thing' };
	for (const text of [
		`${JSON.stringify(value)}\n\n${JSON.stringify(other)}\r\n`,
		JSON.stringify([value, other]),
		JSON.stringify([value, other], null, 2),
		`\uFEFF[\n${JSON.stringify(value)},\n${JSON.stringify(other)}\n]`,
	]) {
		const { read: about, turns: found, problems } = await readText(text);
		expect({ form: about.form, found, problems }).toEqual({ form, found: [turns, said('other', 'thing')], problems: [] });
	}
	if (!Array.isArray(value)) {
		const { turns: found } = await readText(`${JSON.stringify(value, null, '\t')}\n${JSON.stringify(other, null, '\t')}`);
		expect(found).toEqual([turns, said('other', 'thing')]);
	}
});

test('tells what is wrong by the line and the field, and takes all else', async () => {
	const { rows, problems, gathered } = await readText(
		[
			'{"prompt": "q1", "completion": "a"}',
			'{"prompt": "q2", "completion": ',
			'{"prompt": "q3"}',
			'{"prompt": "q4", "completion": 4}',
			'{"prompt": "  ", "completion": "a"}',
			'{"prompt": "q6", "completion": ""}',
			'{"messages": [{"role": "narrator", "content": "q"}, {"role": "assistant", "content": "a"}]}',
			'{"messages": [{"role": "assistant", "content": "a"}]}',
			'{"messages": [{"role": "user", "content": "q"}]}',
			'{"messages": [{"role": "user"}, {"role": "assistant", "content": "a"}]}',
			'{"messages": "q"}',
			'{"text": "only prose"}',
			'7',
			'{"messages": []}',
			`{"prompt": "q15", "completion": "${'x'.repeat(200_001)}"}`,
			'{"prompt": " q1 ", "completion": "a"}',
			'{"messages": [{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"system","content":"late"}]}',
			'{"prompt": "q18", "completion": "a"}',
		].join('\n'),
	);
	expect(rows).toEqual([1, 18]);
	expect(codes(problems)).toEqual([
		[2, 'notJson', null],
		[3, 'missingField', 'completion'],
		[4, 'wrongType', 'completion'],
		[5, 'emptyPrompt', 'prompt'],
		[6, 'emptyAnswer', 'completion'],
		[7, 'badRole', 'messages[0].role'],
		[8, 'badRole', 'messages[0]'],
		[9, 'noAnswer', 'messages[0].content'],
		[10, 'missingField', 'messages[0].content'],
		[11, 'notAList', 'messages'],
		[12, 'unknownShape', null],
		[13, 'unknownShape', null],
		[14, 'noAnswer', null],
		[15, 'tooLong', 'completion'],
		[16, 'duplicate', null],
		[17, 'badRole', 'messages[2]'],
	]);
	expect([gathered.refusedCount, gathered.duplicateCount]).toEqual([15, 1]);
	expect(problems.every(({ detail }) => detail.length <= 200)).toBe(true);
});

test('a list that is broken in one place gives what stands around it, by the lines of the file', async () => {
	const { rows, problems } = await readText(
		'[\n{"prompt": "q", "completion": "a"},\n{"prompt": oops, "completion": "b"},\n{"prompt": "r,]}", "completion": "c"}\n',
	);
	expect([rows, codes(problems)]).toEqual([[2, 4], [[3, 'notJson', null]]]);
});

test('a list on one line counts its examples, and what is broken is shown where it is', async () => {
	const { rows, problems } = await readText(
		`[{"prompt": "q", "completion": "a"}, null, {"prompt": "r", "completion": "${'x'.repeat(100)}" "b"}, {"prompt": "s", "completion": "c"}]\n`,
	);
	expect(rows).toEqual([1, 4]);
	expect(problems).toMatchObject([
		{ row: 2, code: 'unknownShape', detail: 'null' },
		{ row: 3, code: 'notJson', detail: expect.stringMatching(/^x+" "b"}$/) },
	]);
});

test('reads tables by the names of their columns, and by those that were chosen', async () => {
	const table = 'nr,Question,note,Answer\n1,q1,x,a1\n2,q2,y,a2\n3,"q3\nmore",z,\n4,q4,z,a4,extra\n';
	const guessed = await readText(table);
	expect(guessed.read).toMatchObject({
		form: 'table',
		delimiter: ',',
		columns: ['nr', 'Question', 'note', 'Answer', 'Column 5'],
		chosenColumns: { prompt: 'Question', answer: 'Answer', system: null },
	});
	expect([guessed.turns, codes(guessed.problems)]).toEqual([
		[said('q1', 'a1'), said('q2', 'a2')],
		[
			[4, 'emptyAnswer', 'Answer'],
			[5, 'unknownShape', null],
		],
	]);
	const chosen = await read({ from: 'file', file: { text: table }, columns: { prompt: 'nr', answer: 'note', system: 'Question' } });
	expect(chosen.turns[0]).toEqual([{ role: 'system', content: 'q1' }, ...said('1', 'x')]);
	await expect(read({ from: 'file', file: { text: table }, columns: { prompt: 'nr', answer: 'gone', system: null } })).rejects.toMatchObject({
		code: 'CSV_COLUMN_MISSING',
		data: { column: 'gone', found: ['nr', 'Question', 'note', 'Answer', 'Column 5'] },
	});
});

test.for<[string, string[], object | null]>([
	['a source and its target', ['source', 'target'], { prompt: 'source', answer: 'target', system: null }],
	['Chinese names', ['编号', '问题', '答案'], { prompt: '问题', answer: '答案', system: null }],
	['languages', ['id', 'en', 'zh-CN'], { prompt: 'en', answer: 'zh-CN', system: null }],
	['Alpaca', ['instruction', 'input', 'output'], { prompt: 'input', answer: 'output', system: 'instruction' }],
	['an instruction alone', ['instruction', 'response'], { prompt: 'instruction', answer: 'response', system: null }],
	['nothing that is known', ['a', 'b'], null],
])('guesses the columns of %s', async ([, columns, expected]) => {
	const { read: about, turns } = await readText(stringify([columns, columns.map((name) => `cell of ${name}`)]));
	expect(about.chosenColumns).toEqual(expected);
	expect(turns.length).toBe(expected === null ? 0 : 1);
});

test('an instruction asks by itself where a table has nothing beside it', async () => {
	const { turns } = await readText('instruction,input,output\nAdd.,1 + 1,2\nGreet.,,Hello\n');
	expect(turns).toEqual([[{ role: 'system', content: 'Add.' }, ...said('1 + 1', '2')], said('Greet.', 'Hello')]);
});

test.for([
	['utf-8', Buffer.from('{"prompt": "早上好", "completion": "Grüße"}')],
	['utf-16le', Buffer.from('\uFEFF{"prompt": "早上好", "completion": "Grüße"}', 'utf16le')],
	['utf-16be', Buffer.from('\uFEFF{"prompt": "早上好", "completion": "Grüße"}', 'utf16le').swap16()],
] as const)('reads JSON in %s', async ([encoding, bytes]) => {
	const { read: about, turns } = await readBytes(new Uint8Array(bytes));
	expect([about.encoding, turns]).toEqual([encoding, [said('早上好', 'Grüße')]]);
});

test.for([
	// 早上好 in each, between ASCII.
	['gb18030', [0xd4, 0xe7, 0xc9, 0xcf, 0xba, 0xc3], '早上好'],
	['big5', [0xa6, 0xad, 0xa4, 0x57, 0xa6, 0x6e], '早上好'],
	['shift_jis', [0x93, 0xfa, 0x96, 0x7b], '日本'],
	['windows-1252', [0xe9, 0x74, 0xe9], 'été'],
	['windows-1251', [0xe4, 0xe0], 'да'],
] as const)('reads JSON in %s where it is said', async ([encoding, bytes, expected]) => {
	const line = Buffer.concat([Buffer.from('{"prompt": "q", "completion": "'), Buffer.from(bytes), Buffer.from('"}')]);
	const { read: about, turns } = await readBytes(new Uint8Array(line), 'data.jsonl', { encoding });
	expect([about.encoding, turns]).toEqual([encoding, [said('q', expected)]]);
	await expect(readBytes(new Uint8Array(line), 'data.jsonl', { encoding: 'klingon' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('what could not be decoded is left out, and told where', async () => {
	const good = Array.from({ length: 60 }, (_, index) => `{"prompt": "问题 ${index}", "completion": "这是一个完整的回答"}\n`).join('');
	const bytes = Buffer.concat([Buffer.from(good), Buffer.from('{"prompt": "q", "completion": "a'), Buffer.from([0xff]), Buffer.from('"}\n')]);
	const { problems, gathered } = await readBytes(new Uint8Array(bytes));
	expect([codes(problems), gathered.examples.length]).toEqual([[[61, 'undecodable', null]], 60]);
});

const srt = (...cues: [from: string, to: string, text: string][]) =>
	cues.map(([from, to, text], index) => `${index + 1}\r\n00:00:${from},000 --> 00:00:${to},000\r\n${text}\r\n`).join('\r\n');
const subtitles = (...files: [fileName: string, text: string][]): DatasetSource => ({
	from: 'subtitles',
	files: files.map(([fileName, text]) => ({ fileName, file: new File([text], fileName) })),
	sourceLanguage: 'English',
	targetLanguage: 'Simplified Chinese',
});

test.for<[string, string]>([
	[
		'film.zh.ass',
		'[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.10,0:00:02.90,{\\i1}早上好。\nComment: 0:00:01.10,0:00:02.90,note\nDialogue: 0:00:04.20,0:00:06.10,你去哪了？\n',
	],
	['film.zh.sub', '{25}{74}早上好。\n{105}{152}你去哪了？\n'],
	['film.zh.sbv', '0:00:01.100,0:00:02.900\n早上好。\n\n0:00:04.200,0:00:06.100\n你去哪了？\n'],
	['film.zh.lrc', '[00:01.10]早上好。\n[00:04.20]你去哪了？\n'],
	[
		'film.zh.dfxp',
		'<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1.1s" end="2.9s">早上好。</p><p begin="4.2s" end="6.1s">你去哪了？</p></div></body></tt>',
	],
	['film.zh.smi', '<SAMI><BODY><SYNC Start=1100><P Class=ZH>早上好。<SYNC Start=2900><P Class=ZH>&nbsp;<SYNC Start=4200><P Class=ZH>你去哪了？</BODY></SAMI>'],
])('pairs %s with its fellow in another form', async ([fileName, chinese]) => {
	const english = srt(['01', '03', 'Good morning.'], ['04', '06', 'Where were you?']);
	const { turns } = await read(subtitles(['film.en.srt', english], [fileName, chinese]));
	expect(turns.map((each) => each.at(-1)?.content)).toEqual(['早上好。', '你去哪了？']);
});

test('pairs subtitles by their time, in SRT as in VTT, and tells what stays alone', async () => {
	const english = srt(['01', '03', '<i>Good morning.</i>'], ['04', '06', 'Where were you?\r\nI waited.'], ['07', '09', 'Credits']);
	const chinese =
		'WEBVTT\n\nNOTE a note\n\n00:01.100 --> 00:02.900 align:start\n早上好。\n\n00:04.200 --> 00:06.100\n你去哪了？\n我等了。\n\n00:20.000 --> 00:21.000\n片尾\n';
	const {
		read: about,
		turns,
		problems,
		gathered,
	} = await read(
		subtitles(['film.zh.vtt', chinese], ['film.en.srt', english], ['other.en.srt', english], ['notes.zh.srt', '%PDF-1.7 00:00:01,000 --> 00:00:02,000']),
	);
	const instruction = 'Translate this subtitle line from English into Simplified Chinese.';
	expect(turns).toEqual([said(`${instruction}\n\nGood morning.`, '早上好。'), said(`${instruction}\n\nWhere were you?\nI waited.`, '你去哪了？\n我等了。')]);
	expect(about).toMatchObject({ form: 'subtitles', origin: 'film.zh.vtt, film.en.srt, other.en.srt, notes.zh.srt' });
	expect(gathered.refusedCount).toBe(2);
	expect(problems).toEqual([
		{ row: null, field: 'notes.zh.srt', code: 'noSubtitles', detail: '' },
		{ row: null, field: 'other.en.srt', code: 'unpairedFile', detail: '' },
		{ row: 3, field: 'film.en.srt', code: 'unpaired', detail: 'Credits' },
		{ row: 3, field: 'film.zh.vtt', code: 'unpaired', detail: '片尾' },
	]);
});

test('two subtitle files whose names do not tell are taken in their order; more of that kind are no pair', async () => {
	const [first, second] = [srt(['01', '02', 'Yes.']), srt(['01', '02', '是。'])];
	expect((await read(subtitles(['a.srt', first], ['b.srt', second]))).turns[0]?.at(-1)?.content).toBe('是。');
	expect((await read(subtitles(['a.srt', second], ['a eng.srt', first]))).turns[0]?.at(-1)?.content).toBe('是。');
	const refused = await read(subtitles(['a.srt', first], ['b.srt', second], ['c.srt', second])).catch((error: unknown) => error);
	expect(isFailure(refused, 'DATASET_INVALID') && refused.data.reason).toBe('noPairs');
	const unread = await read(subtitles(['a.en.srt', first], ['a.zh.srt', 'only prose'])).catch((error: unknown) => error);
	expect(isFailure(unread, 'DATASET_INVALID') && unread.data).toEqual({ row: null, field: 'a.zh.srt', reason: 'noSubtitles' });
});

test.for<[string, string, string | Buffer]>([
	['a table of a header alone', 'noRows', 'question,answer\n'],
	['a PDF', 'pdf', '%PDF-1.7'],
	['a picture', 'media', Buffer.from('89504e470d0a1a0a', 'hex')],
	['an archive', 'archive', Buffer.from('504b030414000000000000000000000000000000000000000000000000006461746173', 'hex')],
	['a workbook', 'office', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(26), Buffer.from('[Content_Types].xml')])],
	['a model', 'model', 'GGUF\x03'],
])('says of %s under another name what it is', async ([, reason, bytes]) => {
	const refused = await readBytes(Uint8Array.from(typeof bytes === 'string' ? Buffer.from(bytes) : bytes), 'data.jsonl').catch((error: unknown) => error);
	expect(isFailure(refused, 'DATASET_INVALID') && refused.data.reason).toBe(reason);
});

test.for<[string, string, string[]]>([
	['lists without end', '['.repeat(200_000), ['unknownShape']],
	['objects without end', `${'{"messages":'.repeat(100_000)}1`, ['unknownShape']],
	['keys of a prototype', '{"__proto__": {"prompt": "q", "completion": "a"}, "constructor": 1}', ['unknownShape']],
	['one line of ten million characters', `{"prompt": "${'x'.repeat(10_000_000)}", "completion": "a"}`, ['tooLong']],
	['a record of a million values', `{"prompt": [${'1,'.repeat(1_100_000)}1], "completion": "a"}`, ['unknownShape']],
])('%s do no harm', async ([, hostile, expected]) => {
	const { problems, turns } = await readText(`{"prompt": "q", "completion": "a\\u0000\\u202e"}\n${hostile}`);
	expect([turns, problems.map(({ code }) => code)]).toEqual([[said('q', 'a\0\u202e')], expected]);
	expect(({} as { prompt?: unknown }).prompt).toBeUndefined();
});

test('no text of any kind breaks the reading of it', async () => {
	const pieces = fc.constantFrom(
		'{',
		'}',
		'[',
		']',
		'"',
		'\\',
		',',
		':',
		'\n',
		'\r\n',
		' ',
		'a',
		'1',
		'null',
		'"prompt"',
		'"completion"',
		'"messages"',
		'\u0000',
		'\ud800',
		'\uFEFF',
		'WEBVTT',
		'-->',
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
			async (text) => {
				for (const source of [{ from: 'file' as const, file: { text } }, subtitles(['a.en.srt', text], ['a.zh.srt', text])]) {
					const result = await read(source).catch((error: unknown) => error);
					expect(result instanceof Error ? isFailure(result) || result : 'read').toBeTruthy();
					if (result instanceof Error && !isFailure(result)) throw result;
				}
			},
		),
		{ numRuns: 400 },
	);
});

test('more examples than a version can have are refused, not cut off', async () => {
	const lines = Array.from({ length: 200_001 }, (_, index) => `{"prompt":"${index}","completion":"a"}`).join('\n');
	const refused = await readText(lines).catch((error: unknown) => error);
	expect(isFailure(refused, 'DATASET_INVALID') && refused.data).toEqual({ row: 200_001, field: null, reason: 'tooMany' });
});
