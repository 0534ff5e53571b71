import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeSound } from './decodeSound.ts';
import { findSpeechModel } from './findSpeechModel.ts';
import { cutAtPause, isSilent } from './host/cutAtPause.ts';
import { WavFile } from './host/WavFile.ts';
import { joinTokens } from './joinTokens.ts';
import { Recogniser } from './Recogniser.ts';
import type { SpokenWord } from './speechContract.ts';
import { type CueLimits, wordsToCues } from './wordsToCues.ts';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-speech-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const limits: CueLimits = {
	charactersPerLine: 42,
	linesPerCue: 2,
	charactersPerSecond: 20,
	shortestMs: 833,
	longestMs: 7000,
	gapMs: 83,
	pauseMs: 1000,
	widthOf: (text) => [...text].length,
};

/** A WAV file of 16 bits: a tone where `isLoud` says so. */
function wav({
	name,
	seconds,
	rate = 8000,
	isLoud = () => true,
}: {
	name: string;
	seconds: number;
	rate?: number;
	isLoud?: (second: number) => boolean;
}): string {
	const head = Buffer.alloc(44);
	head.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(rate, 24);
	head.writeUInt32LE(rate * 2, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36, 'latin1');
	head.writeUInt32LE(seconds * rate * 2, 40);
	const samples = Buffer.alloc(seconds * rate * 2);
	for (let index = 0; index < seconds * rate; index++) if (isLoud(index / rate)) samples.writeInt16LE(Math.round(8000 * Math.sin(index / 5)), index * 2);
	const path = join(folder, name);
	writeFileSync(path, Buffer.concat([head, samples]));
	return path;
}

function modelFolder(name: string, files: Record<string, string>): string {
	const path = join(folder, name);
	mkdirSync(path);
	for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
	return path;
}

test('makes cues of sentences, within lines and with a gap, and lets them stay for as long as reading takes', () => {
	const say = (text: string, startMs: number, endMs: number): SpokenWord => ({ text, startMs, endMs });
	const words = [
		say('Good ', 1000, 1300),
		say('morning. ', 1300, 2000),
		say('Did ', 2100, 2300),
		say('you ', 2300, 2500),
		say('sleep?', 2500, 2700),
		say('No.', 9000, 9200),
	];
	expect(wordsToCues(words, limits)).toEqual([
		{ startMs: 1000, endMs: 2000, text: 'Good morning.' },
		{ startMs: 2100, endMs: 2933, text: 'Did you sleep?' },
		{ startMs: 9000, endMs: 9833, text: 'No.' },
	]);
});

test('loses and doubles no word, and keeps to the limits unless a single word breaks them', () => {
	const word = fc.record({
		text: fc.oneof(fc.stringMatching(/^[a-z]{1,60}[.?]? $/), fc.constantFrom('早', '上', '好。')),
		waitMs: fc.integer({ min: 0, max: 3000 }),
		lengthMs: fc.integer({ min: 0, max: 9000 }),
	});
	fc.assert(
		fc.property(fc.array(word, { maxLength: 80 }), (spoken) => {
			let at = 0;
			const words = spoken.map(({ text, waitMs, lengthMs }) => {
				const startMs = at + waitMs;
				at = startMs + lengthMs;
				return { text, startMs, endMs: at };
			});
			const cues = wordsToCues(words, limits);
			const letters = (text: string) => text.replaceAll(/\s/g, '');
			expect(letters(cues.map(({ text }) => text).join(''))).toBe(letters(words.map(({ text }) => text).join('')));
			for (const [index, { startMs, endMs, text }] of cues.entries()) {
				const lines = text.split('\n');
				expect(lines.length).toBeLessThanOrEqual(limits.linesPerCue);
				for (const line of lines) expect(limits.widthOf(line) <= limits.charactersPerLine || words.some((each) => each.text.trim() === line)).toBe(true);
				expect(endMs - startMs).toBeGreaterThan(0);
				expect(endMs - startMs).toBeLessThanOrEqual(limits.longestMs);
				const next = cues[index + 1]?.startMs ?? Number.POSITIVE_INFINITY;
				expect(endMs <= next - limits.gapMs || endMs === startMs + 1).toBe(true);
				expect(next).toBeGreaterThan(startMs);
			}
		}),
		{ numRuns: 500 },
	);
});

test('joins tokens into words with their times: at spaces, and after each Chinese character', () => {
	const english = { text: ' Hello there.', tokens: ['<|en|>', ' Hel', 'lo', ' there', '.'], timestamps: [0, 0.5, 0.7, 1, 1.4] };
	expect(joinTokens(english, { startMs: 10_000, endMs: 13_000 })).toEqual([
		{ text: 'Hello ', startMs: 10_500, endMs: 11_000 },
		{ text: 'there.', startMs: 11_000, endMs: 12_000 },
	]);
	const chinese = { text: '早上好。', tokens: ['早', '上', '好', '。'], timestamps: [0, 0.2, 0.4, 0.5] };
	expect(joinTokens(chinese, { startMs: 0, endMs: 3000 }).map(({ text }) => text)).toEqual(['早', '上', '好。']);
});

test('spreads the words over the stretch where the recogniser gives no times', () => {
	expect(joinTokens({ text: ' ab cd', tokens: [], timestamps: [] }, { startMs: 0, endMs: 5000 })).toEqual([
		{ text: 'ab ', startMs: 0, endMs: 1600 },
		{ text: 'cd', startMs: 3000, endMs: 4600 },
	]);
});

test('tells Whisper and SenseVoice folders apart, takes 8 bits where they are there, and refuses what is neither', async () => {
	const whisper = modelFolder('whisper', { 'base-encoder.onnx': '', 'base-encoder.int8.onnx': '', 'base-decoder.onnx': '', 'base-tokens.txt': '' });
	const senseVoice = modelFolder('sense-voice', { 'model.onnx': '', 'model.int8.onnx': '', 'tokens.txt': '' });
	expect(await findSpeechModel(whisper)).toEqual({
		kind: 'whisper',
		encoder: join(whisper, 'base-encoder.int8.onnx'),
		decoder: join(whisper, 'base-decoder.onnx'),
		tokens: join(whisper, 'base-tokens.txt'),
	});
	expect(await findSpeechModel(senseVoice)).toEqual({ kind: 'senseVoice', model: join(senseVoice, 'model.int8.onnx'), tokens: join(senseVoice, 'tokens.txt') });
	for (const path of [modelFolder('neither', { 'encoder.onnx': '', 'tokens.txt': '' }), join(folder, 'not-there')]) {
		await expect(findSpeechModel(path)).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'noModel' } });
	}
});

test('cuts where nobody speaks, and knows silence', () => {
	const sound = new WavFile(wav({ name: 'pause.wav', seconds: 9, isLoud: (second) => second < 7 || second > 7.5 }));
	const samples = sound.read(0, 9 * sound.sampleRate);
	const cut = cutAtPause(samples, sound.sampleRate) / sound.sampleRate;
	expect([cut > 7, cut < 7.5, isSilent(samples, sound.sampleRate), isSilent(samples.subarray(7.1 * 8000, 7.4 * 8000), sound.sampleRate)]).toEqual([
		true,
		true,
		false,
		true,
	]);
	sound.close();
});

const hasFfmpeg = !spawnSync('ffmpeg', ['-version']).error;
test.skipIf(!hasFfmpeg)('reads the same sound from every kind of WAV, and from a film that ffmpeg decodes', async () => {
	const source = wav({ name: 'tone.wav', seconds: 1, rate: 16_000 });
	const powers: Record<string, number> = {};
	for (const codec of ['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le']) {
		const path = join(folder, `${codec}.wav`);
		execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', source, '-af', 'pan=stereo|c0=c0|c1=c0', '-c:a', codec, path]);
		powers[codec] = loudness(path);
	}
	const film = join(folder, "a film's: name.mkv");
	execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', source, '-c:a', 'flac', `file:${film}`]);
	await decodeSound(film, { into: join(folder, 'decoded.wav') });
	powers.film = loudness(join(folder, 'decoded.wav'));
	const expected = loudness(source);
	expect(Object.entries(powers).filter(([, power]) => Math.abs(power - expected) > 0.01)).toEqual([]);
	expect(expected).toBeGreaterThan(0.1);
});

/** The root of the mean square of a second of 16,000 samples. */
function loudness(path: string): number {
	const sound = new WavFile(path);
	const samples = sound.read(0, 16_000);
	sound.close();
	return samples.length === 16_000 ? Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) : -1;
}

test.skipIf(!hasFfmpeg)('says what is wrong with a film without sound, and with what is no film', async () => {
	const mute = join(folder, 'mute.mkv');
	writeFileSync(join(folder, 'one.srt'), '1\n00:00:01,000 --> 00:00:02,000\nText\n\n');
	execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', join(folder, 'one.srt'), mute]);
	const garbage = join(folder, 'garbage.mp4');
	writeFileSync(garbage, 'no film at all');
	await expect(decodeSound(mute, { into: join(folder, 'none.wav') })).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'noSound' } });
	await expect(decodeSound(garbage, { into: join(folder, 'none.wav') })).rejects.toMatchObject({ data: { reason: 'soundUnreadable' } });
});

test.skipIf(!hasFfmpeg)('refuses a sound that is longer than may be, and gives no part of it as the whole', async () => {
	const path = wav({ name: 'three.wav', seconds: 3, rate: 16_000 });
	const refused = decodeSound(path, { into: join(folder, 'cut.wav'), mostBytes: 2 * 32_000 });
	await expect(refused).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'tooLong' } });
	await decodeSound(path, { into: join(folder, 'whole.wav'), mostBytes: 4 * 32_000 });
});

test('says that there is no ffmpeg where a film needs one', async () => {
	const film = join(folder, 'film.mp4');
	writeFileSync(film, 'anything');
	const refused = decodeSound(film, { into: join(folder, 'none.wav'), ffmpeg: join(folder, 'no-such-program') });
	await expect(refused).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'noDecoder' } });
});

function recogniser(entry = join(import.meta.dirname, 'host/speechHost.ts')): Recogniser {
	return new Recogniser({ node: process.execPath, entry, log: pino({ level: 'silent' }) });
}

test('a damaged model ends the process that loads it and not the app', async () => {
	const damaged = modelFolder('damaged', { 'model.onnx': 'this is no model', 'tokens.txt': 'a 0\nb 1\n' });
	const path = wav({ name: 'second.wav', seconds: 1, rate: 16_000 });
	const given = recogniser().transcribe({ path, modelFolder: damaged, language: 'en' });
	await expect(given).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'modelDamaged', detail: expect.stringContaining('model.onnx') } });
});

/** A process that behaves as `body` says, in place of the one that recognises: no model can be had in a test. */
function host(name: string, body: string): string {
	const path = join(folder, name);
	writeFileSync(
		path,
		`process.on('disconnect', () => process.exit(0)); const say = (answer) => process.send(JSON.stringify(answer)); process.once('message', () => { ${body} });`,
	);
	return path;
}

test('gives the words of all stretches, tells how far it is, and takes nothing but answers from the process', async () => {
	const heard = (text: string, startMs: number, fraction: number) => ({
		type: 'heard',
		words: [{ text, startMs, endMs: startMs + 100 }],
		toMs: startMs + 500,
		fraction,
	});
	const order = { path: wav({ name: 'spoken.wav', seconds: 1 }), modelFolder: modelFolder('any', { 'model.onnx': '', 'tokens.txt': '' }), language: 'zh-Hans' };
	const good = host(
		'good.mjs',
		`say({ type: 'loaded' }); say(${JSON.stringify(heard('one', 0, 0.5))}); say(${JSON.stringify(heard('two', 500, 1))}); say({ type: 'done' });`,
	);
	const fractions: number[] = [];
	const words = await recogniser(good).transcribe({ ...order, progress: (_heard, fraction) => fractions.push(fraction) });
	expect([words.map(({ text }) => text), fractions]).toEqual([
		['one', 'two'],
		[0.5, 1],
	]);
	const dying = host('dying.mjs', `say({ type: 'loaded' }); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);`);
	await expect(recogniser(dying).transcribe(order)).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'ended' } });
	const lying = host('lying.mjs', `say({ type: 'heard', words: 'all', fraction: 7 }); setInterval(() => {}, 1000);`);
	await expect(recogniser(lying).transcribe(order)).rejects.toMatchObject({ code: 'SPEECH_FAILED', data: { reason: 'ended' } });
});

test('ends the process when it is told to stop', async () => {
	// It tells its number as how far it is.
	const stuck = host(
		'stuck.mjs',
		`say({ type: 'loaded' }); say({ type: 'heard', words: [], toMs: 0, fraction: process.pid / 1e7 }); setInterval(() => {}, 1000);`,
	);
	const control = new AbortController();
	let pid = 0;
	const given = recogniser(stuck).transcribe({
		path: wav({ name: 'long.wav', seconds: 1 }),
		modelFolder: modelFolder('other', { 'model.onnx': '', 'tokens.txt': '' }),
		language: null,
		signal: control.signal,
		progress: (_heard, fraction) => {
			pid = Math.round(fraction * 1e7);
			control.abort(new Error('enough'));
		},
	});
	await expect(given).rejects.toThrow('enough');
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
