import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { filmFields } from '#contract/subtitles.ts';
import { openSubtitlesStage, srtOf } from './openSubtitlesStage.test-support.ts';

const fixtures = join(import.meta.dirname, '../../platform/film/fixtures');
const fields = filmFields.parse({ targetLanguage: 'de' });
let folder: string;
let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-films-'));
	// In place of the process that recognises speech: no model can be had in a test.
	const words = ['Good ', 'morning. ', '早'].map((text, at) => ({ text, startMs: 1000 * at, endMs: 1000 * at + 900 }));
	const speechHost = join(folder, 'host.mjs');
	writeFileSync(
		speechHost,
		`process.on('disconnect', () => process.exit(0)); process.once('message', (order) => {
			const { language, fromMs } = JSON.parse(order);
			const all = language === 'xx' ? [] : ${JSON.stringify(words)};
			process.send(JSON.stringify({ type: 'loaded' }));
			// In 'yy' it hears two seconds and then no more, until it is begun anew behind them.
			const isSlow = language === 'yy' && fromMs === 0;
			const words = all.filter(({ startMs }) => startMs >= fromMs && !(isSlow && startMs >= 2000));
			process.send(JSON.stringify({ type: 'heard', words, toMs: isSlow ? 2000 : 3000, fraction: isSlow ? 0.5 : 1 }));
			if (isSlow) setInterval(() => {}, 1000);
			else process.send(JSON.stringify({ type: 'done' }));
		});`,
	);
	stage = openSubtitlesStage(undefined, { speechHost });
	stage.jobs.start();
});
afterEach(async () => {
	await stage.close();
	rmSync(folder, { recursive: true, force: true });
});

test('the fonts of a film are given out under names that lead nowhere else', async () => {
	const path = join(fixtures, 'fonts.mkv');
	const { fonts } = await stage.subtitles.intake.film(path);
	expect(fonts.map(({ fileName }) => fileName)).toEqual(['Sign.ttf', 'Other.otf']);
	const { fileName, bytes } = await stage.subtitles.intake.filmFont(path, 1);
	expect([fileName, bytes.length]).toEqual(['Other.otf', fonts[1]?.sizeBytes]);
});

test('a track of text becomes a project with what the film tells of it, and one of pictures is named and refused', async () => {
	const path = join(fixtures, 'plain.mkv');
	expect(await stage.subtitles.intake.film(path)).toMatchObject({
		fileName: 'plain.mkv',
		subtitles: [
			{ id: 1, kind: 'text' },
			{ id: 2, language: 'zh-Hant' },
		],
	});
	const made = await stage.subtitles.intake.createFromFilm('ann', { fields, path, trackId: 2 });
	expect(made).toMatchObject({ title: 'plain', fileName: 'plain.srt', format: 'srt', sourceLanguage: 'zh-Hant' });
	const pictures = join(fixtures, 'pgs.mkv');
	const [track] = (await stage.subtitles.intake.film(pictures)).subtitles;
	expect(track).toMatchObject({ kind: 'picture', obstacle: 'picture' });
	const refused = stage.subtitles.intake.createFromFilm('ann', { fields, path: pictures, trackId: track?.id ?? 0 });
	await expect(refused).rejects.toMatchObject({ code: 'FILM_INVALID', data: { reason: 'picture' } });
	await expect(stage.subtitles.intake.film('plain.mkv')).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAbsolute' } });
});

const hasMkvmerge = spawnSync('mkvmerge', ['--version']).status === 0;
test.skipIf(!hasMkvmerge)('a track that does not tell its language is in the one that its cues are in', async () => {
	const text = srtOf(['Ich weiß nicht, was du willst.', 'Das ist mein Bruder, und er ist hier.', 'Wir haben es noch nicht.']);
	const [srt, path] = [join(folder, 'a.srt'), join(folder, 'a.mkv')];
	writeFileSync(srt, text);
	spawnSync('mkvmerge', ['-o', path, '--language', '0:und', srt]);
	expect((await stage.subtitles.intake.film(path)).subtitles).toMatchObject([{ language: null }]);
	const made = await stage.subtitles.intake.createFromFilm('ann', { fields: { ...fields, targetLanguage: 'en' }, path, trackId: 1 });
	expect(made.sourceLanguage).toBe('de');
});

function sound(): { path: string; modelFolder: string; soundAt: number } {
	const path = join(folder, 'spoken.wav');
	const head = Buffer.alloc(44);
	head.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
	head.writeUInt16LE(1, 20);
	writeFileSync(path, head);
	const modelFolder = join(folder, 'model');
	mkdirSync(modelFolder, { recursive: true });
	for (const name of ['model.onnx', 'tokens.txt']) writeFileSync(join(modelFolder, name), '');
	return { path, modelFolder, soundAt: 0 };
}

test('what is heard becomes a project when its job is done, and costs nothing', async () => {
	const { job, projectId } = await stage.subtitles.intake.listen('mia', { fields, ...sound() });
	await vi.waitFor(() => expect(stage.jobs.get('mia', job.id).state).toBe('completed'), { timeout: 20_000 });
	expect(stage.subtitles.get('mia', projectId)).toMatchObject({ title: 'spoken', fileName: 'spoken.srt', format: 'srt' });
	expect(stage.subtitles.cues('mia', projectId).cues.map(({ source }) => source)).toEqual(['Good morning.', '早']);
});

test('a pause keeps what was heard, and what goes on begins behind it', async () => {
	const { job, projectId } = await stage.subtitles.intake.listen('ann', { fields: { ...fields, sourceLanguage: 'yy' }, ...sound() });
	await vi.waitFor(() => expect(stage.jobs.get('ann', job.id).fraction).toBe(0.5), { timeout: 20_000 });
	stage.jobs.pause('ann', job.id);
	await vi.waitFor(() => expect(stage.jobs.get('ann', job.id).state).toBe('paused'), { timeout: 20_000 });
	stage.jobs.resume('ann', job.id);
	await vi.waitFor(() => expect(stage.jobs.get('ann', job.id).state).toBe('completed'), { timeout: 20_000 });
	expect(stage.subtitles.cues('ann', projectId).cues.map(({ source }) => source)).toEqual(['Good morning.', '早']);
});

test('a sound without speech fails its job, and a folder without a model is refused at once', async () => {
	const { job, projectId } = await stage.subtitles.intake.listen('ann', { fields: { ...fields, sourceLanguage: 'xx' }, ...sound() });
	await vi.waitFor(() => expect(stage.jobs.get('ann', job.id).failure).toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'noSpeech' } }), {
		timeout: 20_000,
	});
	expect(() => stage.subtitles.get('ann', projectId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	const refused = stage.subtitles.intake.listen('ann', { fields, ...sound(), modelFolder: folder });
	await expect(refused).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'noModel' } });
});
