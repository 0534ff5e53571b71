import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSubtitlesStage, srtOf } from './openSubtitlesStage.test-support.ts';

let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	stage = openSubtitlesStage();
});
afterEach(() => stage.close());

const cuesOf = (id: string) => stage.subtitles.cues('ann', id).cues;
const sources = (id: string) => cuesOf(id).map(({ source }) => source);
async function saved(id: string, format: 'srt' | 'vtt' | 'ass' = 'srt'): Promise<string> {
	const { bytes } = await stage.subtitles.files.save('ann', id, { format, layout: 'target', encoding: 'asRead' });
	return Buffer.from(bytes).toString();
}

test('a split and a merge are one act each, taken back and done again with all that was there', async () => {
	const { id } = await stage.create(srtOf(['Good morning. Did you sleep?', 'Yes.', 'Go on.']));
	const before = cuesOf(id);
	const split = await stage.subtitles.retime('ann', id, { kind: 'split', cueId: before[0]?.id ?? '', atMs: 1200 }, null);
	expect([split.changed.length, sources(id)]).toEqual([2, ['Good morning.', 'Did you sleep?', 'Yes.', 'Go on.']]);
	const [, second, third] = cuesOf(id);
	const merged = await stage.subtitles.retime('ann', id, { kind: 'merge', cueIds: [second?.id ?? '', third?.id ?? ''] }, null);
	expect([merged.removed, sources(id)]).toEqual([[third?.id], ['Good morning.', 'Did you sleep? Yes.', 'Go on.']]);
	const after = cuesOf(id);
	expect(stage.subtitles.undo('ann', id).changed).toHaveLength(2);
	expect(stage.subtitles.undo('ann', id).removed).toEqual([second?.id]);
	expect(cuesOf(id)).toEqual(before);
	stage.subtitles.redo('ann', id);
	stage.subtitles.redo('ann', id);
	expect(cuesOf(id)).toEqual(after);
});

test('what was split and merged is saved with all else of the file as it was', async () => {
	const ass = `[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 3,0:00:01.00,0:00:03.00,Sign,Ann,7,0,0,,Good morning. Did you sleep?
Comment: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,a note
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,Yes.
Dialogue: 0,0:00:06.00,0:00:07.00,Default,,0,0,0,,Go on.`;
	const { id } = await stage.create(ass, {}, 'film.ass');
	const [first, , third, fourth] = cuesOf(id);
	await stage.subtitles.retime('ann', id, { kind: 'split', cueId: first?.id ?? '', atMs: 2000 }, null);
	await stage.subtitles.retime('ann', id, { kind: 'merge', cueIds: [third?.id ?? '', fourth?.id ?? ''] }, null);
	expect((await saved(id, 'ass')).split('\n').slice(5)).toEqual([
		'Dialogue: 3,0:00:01.00,0:00:01.92,Sign,Ann,7,0,0,,Good morning.',
		'Dialogue: 3,0:00:02.00,0:00:03.00,Sign,Ann,7,0,0,,Did you sleep?',
		'Comment: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,a note',
		'Dialogue: 0,0:00:05.00,0:00:07.00,Default,,0,0,0,,Yes. Go on.',
		'',
	]);
	const srt = await stage.create('1\r\n00:00:01,000 --> 00:00:03,000 X1:1\r\nGood morning. Did you sleep?');
	await stage.subtitles.retime('ann', srt.id, { kind: 'split', cueId: cuesOf(srt.id)[0]?.id ?? '', atMs: 2000 }, null);
	expect(await saved(srt.id)).toBe('1\r\n00:00:01,000 --> 00:00:01,920 X1:1\r\nGood morning.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000 X1:1\r\nDid you sleep?');
});

test('cues of an SRT are numbered anew when the list is another one, and odd numbers stay while it is not', async () => {
	const odd = '7\n00:00:01,000 --> 00:00:03,000\nGood morning. Did you sleep?\n\n00:00:04,000 --> 00:00:05,000\n7\n\n7\n00:00:06,000 --> 00:00:07,000\nYes.\n';
	const { id } = await stage.create(odd);
	const [first, , third] = cuesOf(id);
	stage.subtitles.edit('ann', id, [{ cueId: third?.id ?? '', target: 'Ja.' }]);
	expect(await saved(id)).toBe(odd.replace('Yes.', 'Ja.'));
	await stage.subtitles.retime('ann', id, { kind: 'split', cueId: first?.id ?? '', atMs: 2000 }, null);
	expect((await saved(id)).split('\n').filter((line) => /^(\d+|.*-->.*)$/.test(line))).toEqual([
		...['7', '00:00:01,000 --> 00:00:01,920', '8', '00:00:02,000 --> 00:00:03,000', '00:00:04,000 --> 00:00:05,000', '7'],
		...['10', '00:00:06,000 --> 00:00:07,000'],
	]);
	stage.subtitles.undo('ann', id);
	expect(await saved(id)).toBe(odd.replace('Yes.', 'Ja.'));
});

test('a WebVTT keeps its header, notes, names and settings where cues were split and merged', async () => {
	const vtt = `WEBVTT - a film

STYLE
::cue { color: yellow }

first
00:01.000 --> 00:03.000 line:10% align:start
<v Ann>Good <i>morning. Did you</i> sleep?</v>

NOTE a remark

third
00:05.000 --> 00:06.000 position:20%
Yes.

00:06.000 --> 00:07.000
Go on.
`;
	const { id } = await stage.create(vtt, {}, 'film.vtt');
	const [first, second, third] = cuesOf(id);
	await stage.subtitles.retime('ann', id, { kind: 'split', cueId: first?.id ?? '', atMs: 2000 }, null);
	await stage.subtitles.retime('ann', id, { kind: 'merge', cueIds: [second?.id ?? '', third?.id ?? ''] }, null);
	expect(await saved(id, 'vtt')).toBe(`WEBVTT - a film

STYLE
::cue { color: yellow }

first
00:01.000 --> 00:00:01.920 line:10% align:start
<v Ann>Good <i>morning.</i></v>

00:00:02.000 --> 00:03.000 line:10% align:start
<v Ann><i>Did you</i> sleep?</v>

NOTE a remark

third
00:05.000 --> 00:00:07.000 position:20%
Yes. Go on.

`);
	stage.subtitles.undo('ann', id);
	stage.subtitles.undo('ann', id);
	expect(await saved(id, 'vtt')).toBe(vtt);
});

test('a file is brought in time with another one, and stays as it is where the two do not agree', async () => {
	const starts = Array.from({ length: 60 }, (_, at) => at * 4000 + ((at * at * 377) % 2500));
	const time = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',');
	const fileOf = (byMs: number) => starts.map((ms, at) => `${at + 1}\n${time(ms + byMs)} --> ${time(ms + byMs + 900)}\nLine ${at}\n\n`).join('');
	const { id } = await stage.create(fileOf(0));
	const reference = { bytes: Buffer.from(fileOf(1500)), fileName: 'other.srt' };
	const { match } = await stage.subtitles.retime('ann', id, { kind: 'sync', reference }, null);
	expect([match?.matched, Math.round((cuesOf(id)[30]?.startMs ?? 0) - (starts[30] ?? 0))]).toEqual([1, 1500]);
	const stranger = { bytes: Buffer.from(srtOf(['One', 'Two'])), fileName: 'stranger.srt' };
	const refused = stage.subtitles.retime('ann', id, { kind: 'sync', reference: stranger }, null);
	await expect(refused).rejects.toMatchObject({ code: 'TIMES_REFUSED', data: { reason: 'unsure' } });
});
