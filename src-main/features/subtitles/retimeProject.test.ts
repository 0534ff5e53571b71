import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSubtitlesStage, srtOf } from './openSubtitlesStage.test-support.ts';

let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	stage = openSubtitlesStage();
});
afterEach(() => stage.close());

const cuesOf = (projectId: string) => stage.subtitles.cues('ann', projectId).cues;

test('an operation on times is one act, which takes in the cues that are named and is undone as one', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two', 'Three']));
	const before = cuesOf(id);
	const last = before.slice(1).map((cue) => cue.id);
	const told = await stage.subtitles.retime('ann', id, { kind: 'shift', byMs: 250 }, last);
	expect(told.changed.map((cue) => cue.id)).toEqual(last);
	expect(cuesOf(id).map(({ startMs }) => startMs)).toEqual(before.map(({ startMs }, at) => startMs + (at === 0 ? 0 : 250)));
	stage.subtitles.undo('ann', id);
	expect(cuesOf(id)).toEqual(before);
});

test('times that would come to lie before the film are refused by how much, and none is changed', async () => {
	const { id } = await stage.create(srtOf(['One', 'Two']));
	const before = cuesOf(id);
	const byMs = -1 - (before[0]?.startMs ?? 0);
	const refused = expect.objectContaining({ code: 'TIMES_REFUSED', data: { reason: 'beforeStart', byMs: 1 } });
	await expect(stage.subtitles.retime('ann', id, { kind: 'shift', byMs }, null)).rejects.toThrow(refused);
	expect(cuesOf(id)).toEqual(before);
	expect(stage.subtitles.get('ann', id).canUndo).toBe(false);
});

test('an operation that changes nothing is no act', async () => {
	const { id } = await stage.create(srtOf(['One']));
	expect((await stage.subtitles.retime('ann', id, { kind: 'closeGaps' }, null)).changed).toEqual([]);
	expect(stage.subtitles.get('ann', id).canUndo).toBe(false);
});

test('a report names cues by their ids, holds to the confirmed terms, and is a file in either form', async () => {
	const { id, glossaryId } = await stage.create(srtOf(['Mira has 48 crowns.', 'Go, Mira.']), { targetLanguage: 'zh-Hans' });
	const [first] = cuesOf(id);
	stage.subtitles.glossaries.addTerms('ann', glossaryId ?? '', [{ source: 'Mira', target: '米拉', kind: 'person', gender: 'feminine', note: '' }]);
	stage.subtitles.edit('ann', id, [{ cueId: first?.id ?? '', target: '她有 40 克朗。' }]);
	const { reported } = stage.subtitles.files.report('ann', id);
	const kinds = reported.find(({ cue }) => cue.id === first?.id)?.findings.map(({ kind }) => kind);
	expect(kinds).toEqual(expect.arrayContaining(['numbers', 'glossary']));
	expect(stage.subtitles.files.saveReport('ann', id, 'html', 'en').text).toContain('<html lang="en">');
	expect(stage.subtitles.files.saveReport('ann', id, 'csv', 'zh').text).toContain('序号');
});

test('a report numbers cues as the file and the bench do, with those in it that are never sent', async () => {
	const events = ['Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a note', 'Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Not translated.'];
	const format = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';
	const { id } = await stage.create(['[Script Info]', '', '[Events]', format, ...events, ''].join('\n'), {}, 'film.ass');
	expect(stage.subtitles.files.report('ann', id).reported.map(({ cue }) => cue.number)).toEqual([2]);
});
