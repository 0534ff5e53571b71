import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { convertSource } from '#contract/convert.ts';
import { convertOrder } from '#contract/convertOrder.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { ConvertThreads } from './convertTasks.ts';
import { openConvert } from './openConvert.test-support.ts';

let folder: string;
let stage: ReturnType<typeof openConvert>;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-convert-'));
	stage = openConvert(folder);
});
afterEach(async () => {
	await stage.close();
	rmSync(folder, { recursive: true, force: true });
});

const toYaml = convertOrder.parse({ to: 'yaml' });
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sent = (fileName: string, text: string, continues = false) => ({ fileName, bytes: bytesOf(text), continues });
const resultOf = async (conversionId: string, fileId: string) =>
	new TextDecoder().decode((await stage.convert.batches.result('ann', conversionId, fileId, { part: 'result', from: 0 })).bytes);

test('converts a text, keeps every digit and says what it could not carry', async () => {
	const json = await stage.convert.text('{"b": 1.10, "a": 12345678901234567890, "no": "no"}', toYaml);
	expect(new TextDecoder().decode(json.bytes)).toBe('b: 1.10\na: 12345678901234567890\n"no": "no"\n');
	expect(json.report).toMatchObject({ from: 'json', to: 'yaml', counts: { lost: 0 }, roundTrip: { isSame: true } });
	const yaml = await stage.convert.text('# who\nname: Ann # first\n', convertOrder.parse({ to: 'json' }));
	expect(new TextDecoder().decode(yaml.bytes)).toBe('{\n  "name": "Ann"\n}\n');
	expect(yaml.report.counts.lost).toBe(2);
	expect(yaml.report.notes.map(({ code, kind, line }) => ({ code, kind, line }))).toEqual([
		{ code: 'comment', kind: 'lost', line: expect.any(Number) },
		{ code: 'comment', kind: 'lost', line: expect.any(Number) },
	]);
	expect(yaml.report.roundTrip).toMatchObject({ isSame: false });
});

test('tells where a source breaks off, and refuses a loss where that is asked for', async () => {
	await expect(stage.convert.text('{"a": 1,\n "b": }', { ...toYaml, from: 'json' })).rejects.toMatchObject({
		code: 'CONVERT_INVALID',
		data: { format: 'JSON', line: 2, column: 7 },
	});
	const strict = convertOrder.parse({ to: 'json', isStrict: true });
	await expect(stage.convert.text('# gone\na: 1\n', strict)).rejects.toMatchObject({ code: 'CONVERT_LOSSY' });
	await expect(stage.convert.text('', toYaml)).rejects.toMatchObject({ code: 'CONVERT_UNKNOWN' });
});

test('a text that nobody waits for any more is not converted on, and the next one is', async () => {
	const stop = new AbortController();
	const large = stage.convert.text(`[${'{"a":[1,2,3]},'.repeat(60_000)}1]`, toYaml, stop.signal);
	stop.abort(new Error('another key was pressed'));
	await expect(large).rejects.toThrow('another key was pressed');
	expect(new TextDecoder().decode((await stage.convert.text('[1]', toYaml)).bytes)).toBe('- 1\n');
});

test('converts a batch file by file: one that is broken fails alone and says where, and is done when it was mended', async () => {
	const { batches } = stage.convert;
	stage.jobs.start();
	const { id } = await batches.send('ann', null, [sent('class/a.json', '{"a":'), sent('class/b.json', '[1,\n2,,]'), sent('class/c.yaml', 'c: 3\n')]);
	await expect(batches.send('ann', id, [sent('class/a.json', ' 1}', true)])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
	await batches.send('ann', id, [sent('class/d.json', '{"d":')]);
	expect(await batches.send('ann', id, [sent('class/d.json', ' 4}', true)])).toMatchObject({ title: 'class', counts: { files: 4, done: 0 } });
	await batches.start('ann', id, toYaml, null);
	expect(await stage.until('ann', id, 'completed')).toMatchObject({ counts: { files: 4, done: 2, failed: 2, lossy: 0 } });
	const files = batches.filesOf('ann', id);
	expect(files.map(({ name, state, resultName }) => ({ name, state, resultName }))).toEqual([
		{ name: 'class/a.json', state: 'failed', resultName: null },
		{ name: 'class/b.json', state: 'failed', resultName: null },
		{ name: 'class/c.yaml', state: 'done', resultName: 'class/c.yaml' },
		{ name: 'class/d.json', state: 'done', resultName: 'class/d.yaml' },
	]);
	expect(files[1]?.failure).toMatchObject({ code: 'CONVERT_INVALID', data: { line: 2, column: 3 } });
	expect(await resultOf(id, files[3]?.id ?? '')).toBe('d: 4\n');
	expect(batches.report('ann', id, files[2]?.id ?? '')).toMatchObject({ from: 'yaml', to: 'yaml' });
	await expect(batches.result('bob', id, files[3]?.id ?? '', { part: 'result', from: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
	// With another order all of it is done anew.
	await batches.start('ann', id, convertOrder.parse({ to: 'json', indent: 'none' }), null);
	await stage.until('ann', id, 'completed');
	expect(await resultOf(id, files[2]?.id ?? '')).toBe('{"c":3}\n');
	batches.remove('ann', id);
	expect(existsSync(join(folder, 'conversions', id))).toBe(false);
});

test('writes beside what is there and over nothing, and leaves no half file behind', async () => {
	const { batches } = stage.convert;
	stage.jobs.start();
	const [source, target] = [join(folder, 'in'), join(folder, 'out')];
	mkdirSync(join(source, 'deep'), { recursive: true });
	mkdirSync(target);
	writeFileSync(join(source, 'a.json'), '{"a": 1}');
	writeFileSync(join(source, 'deep', 'b.yml'), 'b: 2\n');
	writeFileSync(join(source, 'notes.txt'), 'not to be converted');
	const { id, counts } = await batches.addPath('ann', null, source);
	expect(counts.files).toBe(2);
	mkdirSync(join(target, 'in'));
	writeFileSync(join(target, 'in', 'a.yaml'), 'mine');
	await batches.start('ann', id, toYaml, { folder: target, existing: 'keep' });
	expect(await stage.until('ann', id, 'completed')).toMatchObject({ counts: { done: 1, failed: 1 } });
	expect(batches.filesOf('ann', id)[0]?.failure).toMatchObject({ code: 'FILE_EXISTS', data: { name: 'in/a.yaml' } });
	await batches.start('ann', id, toYaml, { folder: target, existing: 'rename' });
	await stage.until('ann', id, 'completed');
	expect(readdirSync(target, { recursive: true }).sort()).toEqual(['in', 'in/a (2).yaml', 'in/a.yaml', 'in/deep', 'in/deep/b (2).yaml', 'in/deep/b.yaml']);
	expect(readFileSync(join(target, 'in', 'a.yaml'), 'utf8')).toBe('mine');
	expect(readFileSync(join(source, 'a.json'), 'utf8')).toBe('{"a": 1}');
});

test('a file that is gone, or a folder by now, fails alone and in words', async () => {
	const { batches } = stage.convert;
	stage.jobs.start();
	const [gone, turned, kept] = ['gone.json', 'turned.json', 'line\u{1F600}.json'].map((name) => join(folder, name));
	for (const file of [gone, turned, kept]) writeFileSync(file ?? '', '{"a": 1}');
	const { id } = await batches.addPath('ann', null, gone ?? '');
	for (const file of [turned, kept]) await batches.addPath('ann', id, file ?? '');
	for (const file of [gone, turned]) rmSync(file ?? '');
	mkdirSync(turned ?? '');
	await batches.start('ann', id, toYaml, null);
	await stage.until('ann', id, 'completed');
	expect(batches.filesOf('ann', id).map(({ state, failure }) => failure ?? state)).toMatchObject([
		{ code: 'FILE_NOT_FOUND', data: { path: 'gone.json' } },
		{ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } },
		'done',
	]);
});

test('a sidecar lies beside each result of a batch that can have one, and what cannot says why', async () => {
	const { batches, back } = { batches: stage.convert.batches, back: stage.convert.back.bind(stage.convert) };
	stage.jobs.start();
	const source = '# the shop\nname: Ann # the owner\n';
	const { id } = await batches.send('ann', null, [sent('a.yaml', source)]);
	const fileId = batches.filesOf('ann', id)[0]?.id ?? '';
	await batches.start('ann', id, convertOrder.parse({ to: 'json', withSidecar: true }), null);
	await stage.until('ann', id, 'completed');
	expect(batches.filesOf('ann', id)).toMatchObject([{ hasSidecar: true }]);
	const sidecar = await batches.result('ann', id, fileId, { part: 'sidecar', from: 0 });
	expect(sidecar.fileName).toBe('a.json.sidecar.json');
	const edited = (await resultOf(id, fileId)).replace('Ann', 'Bo');
	expect(new TextDecoder().decode((await back(edited, sidecar.bytes)).bytes)).toBe(source.replace('Ann', 'Bo'));
	expect(batches.report('ann', id, fileId)).toMatchObject({ sidecar: 'made' });
	const target = join(folder, 'out');
	mkdirSync(target);
	writeFileSync(join(target, 'a.json'), 'mine');
	await batches.start('ann', id, convertOrder.parse({ to: 'json', withSidecar: true }), { folder: target, existing: 'rename' });
	await stage.until('ann', id, 'completed');
	expect(readdirSync(target).sort()).toEqual(['a (2).json', 'a (2).json.sidecar.json', 'a.json']);
	await batches.start('ann', id, convertOrder.parse({ to: 'json', withSidecar: true, select: '$.name' }), null);
	await stage.until('ann', id, 'completed');
	expect(batches.filesOf('ann', id)).toMatchObject([{ state: 'done', hasSidecar: false }]);
	expect(batches.report('ann', id, fileId)).toMatchObject({ sidecar: 'selected' });
	await expect(batches.result('ann', id, fileId, { part: 'sidecar', from: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
	// A path that fits nothing loses everything, which is told.
	await batches.start('ann', id, convertOrder.parse({ to: 'json', select: '$.nobody' }), null);
	await stage.until('ann', id, 'completed');
	expect(await resultOf(id, fileId)).toBe('[]\n');
	expect(batches.report('ann', id, fileId)).toMatchObject({ notes: [{ code: 'nothingSelected', kind: 'lost', path: '$.nobody' }] });
});

test('goes on after a restart at the file where it stopped', async () => {
	const { batches } = stage.convert;
	const { id } = await batches.send(
		'ann',
		null,
		['a', 'b', 'c'].map((name) => sent(`${name}.json`, `{"${name}": 1}`)),
	);
	stage.jobs.start();
	await batches.start('ann', id, toYaml, null);
	await stage.close();
	stage = openConvert(folder);
	stage.jobs.start();
	expect(await stage.until('ann', id, 'completed')).toMatchObject({ counts: { files: 3, done: 3 } });
	const files = stage.convert.batches.filesOf('ann', id);
	expect(await Promise.all(files.map((file) => resultOf(id, file.id)))).toEqual(['a: 1\n', 'b: 1\n', 'c: 1\n']);
});

test('keeps orders under names for their account alone, and takes all of it away with the account', async () => {
	const { presets, batches } = stage.convert;
	const kept = presets.save('ann', 'For the website', toYaml);
	expect(presets.save('ann', 'For the website', { ...toYaml, indent: 'tab' }).id).toBe(kept.id);
	presets.save('bob', 'For the website', toYaml);
	const { id } = await batches.send('ann', null, [sent('a.json', '1')]);
	expect(presets.list('ann')).toEqual([{ id: kept.id, name: 'For the website', order: { ...toYaml, indent: 'tab' } }]);
	expect(() => presets.remove('bob', kept.id)).toThrow();
	immediate(stage.db, (tx) => stage.convert.removeAllOf('ann', tx));
	expect([presets.list('ann'), batches.list('ann'), presets.list('bob').length]).toEqual([[], [], 1]);
	await stage.close();
	stage = openConvert(folder);
	expect(existsSync(join(folder, 'conversions', id))).toBe(false);
});

test('takes a part of a source by a JSONPath, checks a text by the schema it suggests, and compares two', async () => {
	const { convert } = stage;
	const chosen = await convert.text('{"orders": [{"id": 1.10}, {"id": 2}]}', convertOrder.parse({ to: 'json', indent: 'none', select: '$.orders[*].id' }));
	expect(new TextDecoder().decode(chosen.bytes)).toBe('[1.10,2]\n');
	expect(chosen.report.roundTrip).toMatchObject({ isSame: true });
	await expect(convert.text('{}', convertOrder.parse({ to: 'json', select: '$[' }))).rejects.toMatchObject({ code: 'JSONPATH_INVALID' });
	const source = convertSource.parse({ content: 'a: 1\n' });
	const { schema, total } = await convert.validate(source, null);
	expect([JSON.parse(schema).required, total]).toEqual([['a'], 0]);
	expect(await convert.validate(source, '{"required": ["b"]}')).toMatchObject({ total: 1, problems: [{ keyword: 'required', line: 1, row: null }] });
	expect(await convert.diff(source, convertSource.parse({ content: '{"a": 2}' }))).toMatchObject({
		total: 1,
		differences: [{ path: '$.a', left: '1', right: '2' }],
	});
	// A pattern that takes for ever is ended with its thread, and the next is done.
	const slow = convert.validate(convertSource.parse({ content: `["${'a'.repeat(40)}!"]` }), '{"items": {"pattern": "^(a+)+$"}}', AbortSignal.timeout(1_500));
	await expect(slow).rejects.toThrow();
	expect((await convert.validate(source, null)).total).toBe(0);
});

test('a batch that is paused goes on with what is left, and one that is cancelled leaves nothing half written', async () => {
	const { batches } = stage.convert;
	const target = join(folder, 'out');
	mkdirSync(target);
	const rows = JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ at, name: `Ann ${at}` })));
	const { id } = await batches.send(
		'ann',
		null,
		['a', 'b', 'c'].map((name) => sent(`${name}.json`, rows)),
	);
	stage.jobs.start();
	const jobOf = async () => (await batches.start('ann', id, toYaml, { folder: target, existing: 'replace' })).job?.id ?? '';
	const jobId = await jobOf();
	await stage.until('ann', id, 'running');
	stage.jobs.pause('ann', jobId);
	const { counts } = await stage.until('ann', id, 'paused');
	expect(counts.done).toBeLessThan(3);
	await vi.waitFor(() => expect(batches.filesOf('ann', id).filter(({ state }) => state === 'running')).toEqual([]), 10_000);
	expect(() => batches.remove('ann', id)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
	stage.jobs.resume('ann', jobId);
	expect((await stage.until('ann', id, 'completed')).counts.done).toBe(3);
	expect(readdirSync(target).sort()).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
	const again = await jobOf();
	await stage.until('ann', id, 'running');
	stage.jobs.cancel('ann', again);
	await stage.until('ann', id, 'cancelled');
	await vi.waitFor(() => expect(readdirSync(target).sort()).toEqual(['a.yaml', 'b.yaml', 'c.yaml']), 10_000);
});

test('with a sidecar an edited result leads back to its source, with all that the result could not hold', async () => {
	const { convert } = stage;
	const source = '# the shop\nname: Ann # the owner\nprice: 1.10\n';
	const { bytes, sidecar } = await convert.text(source, convertOrder.parse({ to: 'json', withSidecar: true }));
	const json = new TextDecoder().decode(bytes);
	expect(new TextDecoder().decode((await convert.back(json, sidecar ?? new Uint8Array())).bytes)).toBe(source);
	const edited = await convert.back(json.replace('1.10', '2.50'), sidecar ?? new Uint8Array());
	expect(edited.format).toBe('yaml');
	expect(new TextDecoder().decode(edited.bytes)).toBe(source.replace('1.10', '2.50'));
	await expect(convert.back(json, bytesOf('{}'))).rejects.toMatchObject({ code: 'CONVERT_INVALID', data: { reason: 'badSidecar' } });
	const exact = await convert.text('a: &x 1 # one\nb: *x\n', convertOrder.parse({ to: 'json', mode: 'exact' }));
	expect(exact.report).toMatchObject({ counts: { lost: 0 }, roundTrip: { isSame: true } });
});

test('a table, a workbook and markup become one another by the choices of an order', async () => {
	const { convert } = stage;
	const text = async (content: string, order: object) => new TextDecoder().decode((await convert.text(content, convertOrder.parse(order))).bytes);
	const table = { cells: 'typed', isNested: true } as const;
	expect(await text('id;a.b\n007;1.10\n', { from: 'csv', to: 'json', indent: 'none', table })).toBe('[{"id":"007","a":{"b":1.10}}]\n');
	expect(await text('<a x="1">t</a>', { to: 'json', indent: 'none', markup: { attributePrefix: '-', textKey: '_' } })).toBe('{"a":{"-x":"1","_":"t"}}\n');
	expect(await text('[{"a": "=1+1"}]', { to: 'csv' })).toContain("'=1+1");
	expect(await text('[{"a": "=1+1", "b": 2}]', { to: 'csv', table: { escapeFormulas: false, delimiter: ';' } })).toMatch(/^a;b\r?\n=1\+1;2/);
	const workbook = await convert.text('[{"a": 1}]', convertOrder.parse({ to: 'xlsx' }));
	expect([workbook.isText, Buffer.from(workbook.bytes.subarray(0, 2)).toString()]).toEqual([false, 'PK']);
});

test('a file that a program sends is read by its name, and has no limit that is made for typing', async () => {
	const file = (name: string, content: string | Uint8Array) => stage.convert.file({ name, content, order: convertOrder.parse({ to: 'json', indent: 'none' }) });
	const ragged = 'a,b\n1,2\n3\n4,5,6\n';
	await expect(file('', ragged)).rejects.toMatchObject({ code: 'CONVERT_UNKNOWN' });
	expect((await file('ragged.csv', ragged)).report).toMatchObject({ from: 'csv' });
	expect((await file('scalar.json', '42')).report).toMatchObject({ from: 'json', counts: { lost: 0 } });
	await expect(file('broken.toml', 'a = = 1\n')).rejects.toMatchObject({ code: 'CONVERT_INVALID', data: { format: 'TOML', line: 1, column: 5 } });
	await expect(file('broken.xlsx', 'no workbook')).rejects.toMatchObject({ code: 'CONVERT_INVALID', data: { format: 'XLSX' } });
	// No thread starts within a millisecond.
	const threads = new ConvertThreads(resolvePaths({ dataFolder: folder }).convertWorker, 1);
	await expect(threads.ask({ kind: 'text', content: '[1]', order: toYaml })).rejects.toMatchObject({ name: 'ThreadEnded', reason: 'time' });
	expect(new TextDecoder().decode((await threads.convertHeld({ content: '[1]', order: toYaml })).bytes)).toBe('- 1\n');
	await threads.close();
});

test('of a workbook with two sheets a table holds one and names the other, and a format with room both', async () => {
	const both = await stage.convert.file({ content: '{"8b":[{"n":"Anna"},{"n":"Ben"}],"8c":[{"n":"Cem"}]}', order: convertOrder.parse({ to: 'xlsx' }) });
	const made = async (order: object) => {
		const { bytes, report, sidecar } = await stage.convert.file({ name: 'class.xlsx', content: both.bytes, order: convertOrder.parse(order) });
		return [
			new TextDecoder().decode(bytes),
			report.counts.lost,
			report.notes.map(({ code, path }) => `${code} ${path}`),
			report.sidecar,
			sidecar,
			report.roundTrip?.isSame,
		];
	};
	expect(await made({ to: 'csv', withSidecar: true })).toEqual(['n\r\nAnna\r\nBen\r\n', 1, ['sheetLeft 8c'], 'selected', null, false]);
	expect(await made({ to: 'csv', table: { sheet: '8c' }, withSidecar: true })).toEqual(['n\r\nCem\r\n', 0, [], 'selected', null, true]);
	expect(await made({ to: 'json', indent: 'none' })).toEqual(['{"8b":[{"n":"Anna"},{"n":"Ben"}],"8c":[{"n":"Cem"}]}\n', 0, [], null, null, true]);
	expect(await made({ to: 'csv', select: '$["8c"][*]' })).toEqual(['n\r\nCem\r\n', 0, [], null, null, true]);
	await expect(made({ to: 'csv', isStrict: true })).rejects.toMatchObject({ code: 'CONVERT_LOSSY' });
	await expect(made({ to: 'csv', table: { sheet: '9a' } })).rejects.toMatchObject({
		code: 'CONVERT_INVALID',
		data: { reason: 'sheetUnknown', detail: '8b, 8c' },
	});
});

test('a heading that was kept from being a formula comes back as it was, and that is told', async () => {
	const json = '[{"@x":"=1","b":"2"}]\n';
	const csv = await stage.convert.text(json, convertOrder.parse({ to: 'csv' }));
	expect(new TextDecoder().decode(csv.bytes)).toMatch(/^'@x,b\r\n'=1,/);
	const back = async (table: object) => {
		const { bytes, report } = await stage.convert.text(
			new TextDecoder().decode(csv.bytes),
			convertOrder.parse({ to: 'json', from: 'csv', indent: 'none', table }),
		);
		return [new TextDecoder().decode(bytes), report.counts.convention];
	};
	expect(await back({})).toEqual([json, 2]);
	expect(await back({ escapeFormulas: false })).toEqual(['[{"\'@x":"\'=1","b":"2"}]\n', 0]);
});
