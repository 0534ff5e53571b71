import { lt } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldsOf, openSubtitlesStage, srtOf } from './openSubtitlesStage.test-support.ts';
import { ofCues } from './projectRows.ts';
import { cue } from './schema.ts';

let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	stage = openSubtitlesStage();
});
afterEach(() => stage.close());

const targets = (projectId: string) => stage.subtitles.cues('ann', projectId).cues.map(({ target }) => target);
const idOf = (projectId: string, at: number) => stage.subtitles.cues('ann', projectId).cues[at]?.id ?? '';
async function saved(projectId: string, order: Partial<Parameters<typeof stage.subtitles.files.save>[2]> = {}): Promise<string> {
	const { bytes } = await stage.subtitles.files.save('ann', projectId, { format: 'srt', layout: 'target', encoding: 'asRead', ...order });
	return Buffer.from(bytes).toString();
}

test('a file becomes a project with its cues, what is odd in it, and what is never sent to a model', async () => {
	const ass = `[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ann,0,0,0,,{\\i1}Hello{\\i0}\\Nthere
Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a note
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}
Dialogue: 0,0:00:05.00,0:00:04.00,Default,,0,0,0,,♪ … ♪
`;
	const made = await stage.create(ass, {}, 'film.ass');
	expect(made).toMatchObject({
		format: 'ass',
		encoding: 'utf-8',
		// Comments and drawings are no cues.
		counts: { cues: 2, toTranslate: 1, translated: 0 },
		problems: [{ what: 'endBeforeStart', line: 9 }],
	});
	const preview = await stage.subtitles.intake.preview('ann', { bytes: Buffer.from(ass), fileName: 'film.ass' });
	expect([preview.cueCount, preview.sample.length]).toEqual([2, 2]);
	expect(stage.subtitles.cues('ann', made.id)).toMatchObject({
		total: 4,
		cues: [{ source: '{\\i1}Hello{\\i0}\\Nthere', actor: 'Ann', skip: null }, { skip: 'comment' }, { skip: 'drawing' }, { skip: 'empty' }],
	});
	expect(stage.subtitles.cues('ann', made.id, 2, 1).cues).toMatchObject([{ skip: 'drawing' }]);
	expect(() => stage.subtitles.get('bob', made.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('a file is told to be in the language of its cues, whatever their tags say', async () => {
	const languageOf = async (...texts: string[]) =>
		(await stage.subtitles.intake.preview('ann', { bytes: Buffer.from(srtOf(texts)), fileName: 'a.en.srt' })).language;
	expect(await languageOf('<i>Ich weiß nicht,</i> was du willst.', 'Das ist mein Bruder.', 'Wir sind noch hier.')).toBe('de');
	expect(await languageOf('我不知道你們要什麼', '這是我的')).toBe('zh-Hant');
	expect(await languageOf('♪', 'Anna!')).toBeNull();
});

test('what could not be translated is counted as untranslated, and what could not be translated anew is not', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two', 'Three']));
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 1), target: 'Zwei' }]);
	stage.db
		.update(cue)
		.set({ status: 'failed' })
		.where(ofCues('ann', id, lt(cue.position, 2)))
		.run();
	expect(stage.subtitles.get('ann', id).counts).toMatchObject({ toTranslate: 3, translated: 1, failed: 1, failedAnew: 1 });
});

test('a cue that ends before it begins is shown for a second in WebVTT, and that is told', async () => {
	const { id } = await stage.create('1\n00:00:05,000 --> 00:00:03,000\nBack\n\n2\n00:00:06,000 --> 00:00:07,000\nOn\n');
	const { bytes, uncarried } = await stage.subtitles.files.save('ann', id, { format: 'vtt', layout: 'target', encoding: 'asRead' });
	expect([Buffer.from(bytes).toString(), uncarried]).toEqual([
		'WEBVTT\n\n00:00:05.000 --> 00:00:06.000\nBack\n\n00:00:06.000 --> 00:00:07.000\nOn\n\n',
		[{ what: 'backwardTimes', cues: 1, numbers: [1] }],
	]);
});

test('3,000 cues come in and out', async () => {
	const { id, counts } = await stage.create(srtOf(Array.from({ length: 3000 }, (_, at) => `Line ${at}`)));
	expect(counts).toMatchObject({ cues: 3000, toTranslate: 3000 });
	expect(stage.subtitles.cues('ann', id).cues[2999]).toMatchObject({ source: 'Line 2999', position: 2999 });
});

test('what is none of the formats is refused with its name', async () => {
	const refused = expect.objectContaining({ code: 'SUBTITLES_INVALID', data: { reason: 'unknownForm' } });
	await expect(stage.create('Dear diary')).rejects.toEqual(refused);
	expect(stage.subtitles.list('ann')).toEqual([]);
});

test('each edit is an act that is undone and redone without end, and another act leaves what was undone behind', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two']));
	const [one, two] = [idOf(id, 0), idOf(id, 1)];
	stage.subtitles.edit('ann', id, [{ cueId: one, target: 'Eins' }]);
	stage.subtitles.edit('ann', id, [
		{ cueId: one, target: 'EINS' },
		{ cueId: two, target: 'Zwei' },
	]);
	expect(stage.subtitles.get('ann', id)).toMatchObject({ canUndo: true, canRedo: false, counts: { translated: 2 } });
	expect(stage.subtitles.undo('ann', id)).toMatchObject({ project: { canRedo: true }, changed: [{ target: 'Eins' }, { target: null, status: 'waiting' }] });
	stage.subtitles.undo('ann', id);
	expect(targets(id)).toEqual([null, null]);
	expect(stage.subtitles.undo('ann', id).changed).toEqual([]);
	stage.subtitles.redo('ann', id);
	stage.subtitles.redo('ann', id);
	expect(targets(id)).toEqual(['EINS', 'Zwei']);
	stage.subtitles.undo('ann', id);
	stage.subtitles.edit('ann', id, [{ cueId: two, target: 'Noch zwei' }]);
	expect([targets(id), stage.subtitles.redo('ann', id).changed]).toEqual([['Eins', 'Noch zwei'], []]);
	// What was left behind is still among the versions.
	expect(stage.subtitles.versions('ann', id, one).map(({ target }) => target)).toEqual(['EINS', 'Eins', null]);
});

test('whatever is edited, undone and redone: undoing all gives the beginning, redoing all the end', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two', 'Three']));
	const ids = [0, 1, 2].map((at) => idOf(id, at));
	const start = stage.subtitles.cues('ann', id).cues;
	const act = fc.oneof(
		fc.constant('undo' as const),
		fc.constant('redo' as const),
		fc.record({ at: fc.nat(2), target: fc.constantFrom('a', 'b', null), isApproved: fc.boolean(), startMs: fc.nat(100) }),
	);
	fc.assert(
		fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
			for (const each of acts) {
				if (typeof each === 'string') stage.subtitles[each]('ann', id);
				else stage.subtitles.edit('ann', id, [{ cueId: ids[each.at] ?? '', target: each.target, isApproved: each.isApproved, startMs: each.startMs }]);
			}
			while (stage.subtitles.redo('ann', id).changed.length > 0);
			const end = stage.subtitles.cues('ann', id).cues;
			while (stage.subtitles.undo('ann', id).changed.length > 0);
			expect(stage.subtitles.cues('ann', id).cues).toEqual(start);
			while (stage.subtitles.redo('ann', id).changed.length > 0);
			expect(stage.subtitles.cues('ann', id).cues).toEqual(end);
			while (stage.subtitles.undo('ann', id).changed.length > 0);
		}),
		{ numRuns: 40 },
	);
}, 180_000);

test('what is saved while one types is one act', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two']));
	for (const target of ['E', 'Ei', 'Eins']) stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 0), target }], true);
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 1), target: 'Zwei' }], true);
	stage.subtitles.undo('ann', id);
	expect(targets(id)).toEqual(['Eins', null]);
	stage.subtitles.undo('ann', id);
	expect(targets(id)).toEqual([null, null]);
});

test('a target that changes is not approved any more, and one without a target never is', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two']));
	const edit = (at: number, change: { target?: string | null; isApproved?: boolean }) =>
		stage.subtitles.edit('ann', id, [{ cueId: idOf(id, at), ...change }]).changed[0]?.isApproved;
	expect(edit(0, { target: 'Eins', isApproved: true })).toBe(true);
	expect(edit(0, { target: 'Ein' })).toBe(false);
	expect(edit(1, { isApproved: true })).toBeUndefined();
	expect(edit(0, { isApproved: true })).toBe(true);
	expect(edit(0, { target: ' ' })).toBe(false);
});

test('tags that a person loses or doubles show, and so does what is too long to be read', async () => {
	const { id } = await stage.create(srtOf(['<i>One</i> two', 'Two']));
	const edit = (target: string) => stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 0), target }]).changed[0];
	expect(edit('Eins <b>zwei</b>')?.tagFaults).toEqual([
		{ what: 'lost', tag: '<i>' },
		{ what: 'lost', tag: '</i>' },
		{ what: 'doubled', tag: '<b>' },
		{ what: 'doubled', tag: '</b>' },
	]);
	expect(edit('<i>Eins</i> zwei')).toMatchObject({ tagFaults: [], isTooLong: false });
	// 2.5 seconds at 17 characters each.
	expect(edit(`<i>${'e'.repeat(42)}</i>`)?.isTooLong).toBe(false);
	expect(edit(`<i>${'e'.repeat(43)}</i>`)?.isTooLong).toBe(true);
});

test('find and replace leaves tags and approved cues as they are, and is one act', async () => {
	const { id } = await stage.create(srtOf(['a', 'b', 'c']));
	const said = ['<i>i like it</i>, i', 'I', 'bit'];
	stage.subtitles.edit(
		'ann',
		id,
		said.map((target, at) => ({ cueId: idOf(id, at), target, isApproved: at === 1 })),
	);
	const order = { find: 'i', by: 'we', isCaseSensitive: false, isWholeWord: true, withApproved: false };
	expect(stage.subtitles.replace('ann', id, order).changed).toHaveLength(1);
	expect(targets(id)).toEqual(['<i>we like it</i>, we', 'I', 'bit']);
	stage.subtitles.undo('ann', id);
	expect(targets(id)).toEqual(said);
	stage.subtitles.replace('ann', id, { ...order, isWholeWord: false, isCaseSensitive: true, by: '$&' });
	expect(targets(id)[2]).toBe('b$&t');
});

test('a project that nobody touched is saved as the bytes that came', async () => {
	const odd = '\uFEFF1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\nHello\r\n\r\n00:00:3,5 -> 00:00:04,000\r\nYou\r\n\r\n\r\nthere';
	const { id } = await stage.create(odd);
	expect(await saved(id)).toBe(odd);
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 0), target: 'Hallo' }]);
	expect(await saved(id)).toBe(odd.replace('Hello', 'Hallo'));
	const gb = Buffer.concat([
		Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n'),
		Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0xa3, 0xac, 0xca, 0xc0, 0xbd, 0xe7]),
		Buffer.from('\n'),
	]);
	const chinese = await stage.subtitles.intake.create('ann', fieldsOf(), {
		bytes: gb,
		fileName: 'a.srt',
		encoding: 'gb18030',
	});
	expect(stage.subtitles.cues('ann', chinese.id).cues[0]?.source).toBe('你好，世界');
	const { bytes } = await stage.subtitles.files.save('ann', chinese.id, { format: 'srt', layout: 'target', encoding: 'asRead' });
	expect(Buffer.compare(Buffer.from(bytes), gb)).toBe(0);
});

test('a character that the encoding does not hold is told with its cue, and UTF-8 holds it', async () => {
	const bytes = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nCaf\xe9\n', 'latin1');
	const { id } = await stage.subtitles.intake.create('ann', fieldsOf(), { bytes, fileName: 'a.srt', encoding: 'windows-1252' });
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 0), target: '咖啡' }]);
	const unfit = expect.objectContaining({ code: 'ENCODING_UNFIT', data: { encoding: 'windows-1252', character: '咖', number: 1 } });
	await expect(saved(id)).rejects.toEqual(unfit);
	expect(await saved(id, { encoding: 'utf-8' })).toContain('咖啡');
});

test('both languages stand in a file in either order, and in another format with its own tags', async () => {
	const { id } = await stage.create(srtOf(['<i>One</i> & 1', 'Two']), {}, 'My film.en.srt');
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 0), target: '<i>Eins</i>' }]);
	expect(await saved(id, { layout: 'targetFirst' })).toContain('<i>Eins</i>\n<i>One</i> & 1\n\n2\n');
	expect(await saved(id, { layout: 'sourceFirst' })).toContain('<i>One</i> & 1\n<i>Eins</i>\n\n2\n');
	expect(await saved(id, { layout: 'source' })).toBe(srtOf(['<i>One</i> & 1', 'Two']));
	expect(await saved(id, { format: 'ass', layout: 'sourceFirst' })).toContain(',,{\\i1}One{\\i0} & 1\\N{\\i1}Eins{\\i0}\n');
	expect(await saved(id, { format: 'vtt', layout: 'source' })).toContain('<i>One</i> &amp; 1\n');
	expect((await stage.subtitles.files.save('ann', id, { format: 'vtt', layout: 'target', encoding: 'utf-8' })).fileName).toBe('My film.en.de.vtt');
});

test('lyrics keep the times of their words where a format has such, also moved, and what is left out is told', async () => {
	const { id } = await stage.create('[00:01.00]<00:01.00>Hello <00:01.50>world\n[00:03.00]Plain\n[00:05.00]\n', {}, 'song.lrc');
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 0), target: '<00:01.00>Hallo <00:01.50>Welt' }]);
	await stage.subtitles.retime('ann', id, { kind: 'shift', byMs: 10_000 }, null);
	expect(await saved(id, { format: 'vtt', layout: 'targetFirst' })).toContain('00:00:11.000 --> 00:00:13.000\nHallo <00:00:11.500>Welt\nHello world\n');
	expect(await saved(id, { format: 'ass' })).toContain(',,{\\k50}Hallo {\\k150}Welt\n');
	expect(await saved(id)).toContain('\nHallo Welt\n');
	const left = async (format: 'srt' | 'vtt') => (await stage.subtitles.files.save('ann', id, { format, layout: 'target', encoding: 'utf-8' })).uncarried;
	expect([await left('srt'), await left('vtt')]).toEqual([[{ what: 'wordTimes', cues: 1, numbers: [1] }], []]);
});

test('the times of words within a WebVTT cue move with it', async () => {
	const vtt = 'WEBVTT\n\n00:01.000 --> 00:03.000\nHello <00:01.500>world. How <00:02.500>are you?\n\n00:04.000 --> 00:05.000\nStay <00:04.500>here\n';
	const { id } = await stage.create(vtt, {}, 'song.vtt');
	expect(await saved(id, { format: 'vtt' })).toBe(vtt);
	await stage.subtitles.retime('ann', id, { kind: 'split', cueId: idOf(id, 0), atMs: 2000 }, null);
	await stage.subtitles.retime('ann', id, { kind: 'shift', byMs: 10_000 }, [idOf(id, 0), idOf(id, 1)]);
	const moved = await saved(id, { format: 'vtt' });
	expect(moved.match(/<[\d:.]+>/g)).toEqual(['<00:00:11.500>', '<00:00:12.500>', '<00:04.500>']);
	stage.subtitles.edit('ann', id, [{ cueId: idOf(id, 2), startMs: 3800 }]);
	expect((await saved(id, { format: 'vtt' })).match(/<[\d:.]+>/g)?.at(-1)).toBe('<00:04.500>');
});

test('what another format cannot hold is told with how many cues had it, and which', async () => {
	const events = ['Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a note', 'Dialogue: 0,0:00:03.00,0:00:04.00,Sign,,0,0,0,,{\\p1}m 0 0{\\p0}'];
	const said = ['{\\pos(1,2)}One', '{\\i1}Two{\\i0}', '{\\k20}Three'].map((text) => `Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,${text}`);
	const format = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';
	const { id } = await stage.create(['[Script Info]', '', '[Events]', format, ...events, ...said, ''].join('\n'), {}, 'film.ass');
	const order = { layout: 'target', encoding: 'asRead' } as const;
	expect((await stage.subtitles.files.save('ann', id, { ...order, format: 'srt' })).uncarried).toEqual(
		['comments', 'drawings', 'styles', 'wordTimes'].map((what, at) => ({ what, cues: 1, numbers: [[1, 2, 3, 5][at]] })),
	);
	expect((await stage.subtitles.files.save('ann', id, { ...order, format: 'ass' })).uncarried).toEqual([]);
	const coloured = srtOf(Array.from({ length: 25 }, (_, at) => (at === 1 ? 'plain' : at % 2 === 0 ? '<font color="#f00">Red</font>' : '{\\an8}Up')));
	const { id: other } = await stage.create(coloured);
	const left = async (to: 'ass' | 'vtt') => (await stage.subtitles.files.save('ann', other, { ...order, format: to })).uncarried;
	const [inAss, inVtt] = [await left('ass'), await left('vtt')];
	expect(inAss).toEqual([{ what: 'styles', cues: 13, numbers: Array.from({ length: 13 }, (_, at) => 2 * at + 1) }]);
	expect(inVtt).toMatchObject([{ what: 'styles', cues: 24, numbers: [1, ...Array.from({ length: 19 }, (_, at) => at + 3)] }]);
});

test('what is approved is in the memory of the account for the next cue that says the same, until it is not approved any more', async () => {
	const first = await stage.create(srtOf(['You came <i>back</i> at last.', 'Two']));
	const next = await stage.create(srtOf(['You came <b>back</b>\nat last!', 'Nothing like it']));
	const hits = (at: number) => stage.subtitles.memoryHits('ann', next.id, idOf(next.id, at));
	expect(hits(0)).toEqual([]);
	stage.subtitles.edit('ann', first.id, [{ cueId: idOf(first.id, 0), target: 'Du bist endlich <i>zurück</i>.', isApproved: true }]);
	expect(hits(0)).toMatchObject([{ source: 'You came back at last.', target: 'Du bist endlich <b>zurück</b>.', isOwn: false }]);
	// The same once more, of another film, is told once.
	const again = await stage.create(srtOf(['You came <i>back</i> at last.']));
	stage.subtitles.edit('ann', again.id, [{ cueId: idOf(again.id, 0), target: 'Du bist endlich <i>zurück</i>.', isApproved: true }]);
	expect(hits(0)).toHaveLength(1);
	stage.subtitles.undo('ann', again.id);
	expect(hits(0)[0]?.fraction).toBeGreaterThan(0.7);
	expect(hits(1)).toEqual([]);
	expect(stage.subtitles.memoryHits('ann', first.id, idOf(first.id, 0))).toMatchObject([{ fraction: 1, isOwn: true }]);
	stage.subtitles.undo('ann', first.id);
	expect(hits(0)).toEqual([]);
});

test('a project gets a glossary called as is asked, else as its season or itself, or none', async () => {
	const named = async (fields: Parameters<typeof fieldsOf>[0], newGlossary?: string | null) => {
		const made = await stage.subtitles.intake.create('ann', fieldsOf(fields), { bytes: Buffer.from(srtOf(['One'])), fileName: 'a.srt' }, newGlossary);
		return stage.subtitles.glossaries.list('ann').find(({ id }) => id === made.glossaryId)?.name ?? null;
	};
	const season = stage.subtitles.glossaries.create('ann', 'Ships');
	expect([
		await named({ title: 'One', season: 'Island' }, 'Names of the island'),
		await named({ title: 'One', season: 'Island' }),
		await named({ title: 'One' }),
		await named({ title: 'One', season: 'Island' }, null),
		await named({ glossaryId: season.id }, 'Unasked'),
	]).toEqual(['Names of the island', 'Island', 'One', null, 'Ships']);
});

test('projects share a glossary, what was refused is not proposed again, and without its glossary a project goes on', async () => {
	const { glossaries } = stage.subtitles;
	const season = glossaries.create('ann', 'Season 1');
	const one = await stage.create(srtOf(['One']), { glossaryId: season.id });
	await stage.create(srtOf(['Two']), { glossaryId: season.id });
	const [ada] = glossaries.addTerms('ann', season.id, [{ source: 'Ada', target: 'Ada', kind: 'person', gender: 'feminine', note: '' }]);
	expect(glossaries.list('ann')).toMatchObject([{ counts: { confirmed: 1, projects: 2 } }]);
	glossaries.settleTerms('ann', season.id, [ada?.id ?? ''], 'refused');
	const proposed = (['ADA', 'Berlin'] as const).map((source) => ({ source, target: source, kind: 'term' as const, gender: 'unknown' as const, note: '' }));
	expect(stage.db.transaction((tx) => glossaries.propose(tx, 'ann', season.id, proposed))).toBe(1);
	expect(glossaries.terms('ann', season.id)).toMatchObject([
		{ source: 'Ada', state: 'refused' },
		{ source: 'Berlin', state: 'proposed' },
	]);
	expect(() => glossaries.terms('bob', season.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	await expect(stage.create(srtOf(['x']), { glossaryId: season.id }, 'x.srt', 'bob')).rejects.toEqual(expect.objectContaining({ code: 'NOT_FOUND' }));
	glossaries.remove('ann', season.id);
	expect(stage.subtitles.get('ann', one.id).glossaryId).toBeNull();
});

test('a hidden project can be brought back for 30 days, and is gone at the start after them', async () => {
	const { id } = await stage.create(srtOf(['One']));
	stage.subtitles.remove('ann', id);
	expect(stage.subtitles.list('ann')).toEqual([]);
	expect(stage.subtitles.restore('ann', id).id).toBe(id);
	stage.subtitles.remove('ann', id);
	stage.clock.now += 31 * 24 * 60 * 60 * 1000;
	stage.makeAnew();
	expect(() => stage.subtitles.restore('ann', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
