import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { extractTrack } from './extractTrack.ts';
import { listTracks } from './listTracks.ts';
import { commands, fontBytes, makeFilms, sources } from './makeFilms.test-support.ts';
import { readFont } from './readFont.ts';
import { readStpp } from './text/readStpp.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const films = readdirSync(fixtures).filter((name) => /\.(mkv|mp4|mov|webm)$/.test(name));
const plain = sources['plain.srt'];
/** The delay of the sound, by which ffmpeg moves all that it puts into these containers. */
const delayed = plain.replaceAll(/,(\d{3})/g, (_, ms: string) => `,${String(Number(ms) + 128).padStart(3, '0')}`);
const overlapping = `WEBVTT

STYLE
::cue { color: yellow }

first
00:00:01.000 --> 00:00:02.500 line:10% align:start
<v Ann>Good <i>morning</i></v>

00:00:02.000 --> 00:00:04.000
早上好

00:01:00.000 --> 00:01:01.000
Later
`;
/** What the one track of text in each film is as a file. */
const expected: Record<string, [format: string, text: string]> = {
	'uncounted.mkv': ['srt', plain],
	'zlib.mkv': ['srt', plain],
	'plain.mkv': ['srt', plain],
	'several.mkv': ['srt', plain],
	'ass.mkv': ['ass', sources['styled.ass'].replaceAll('\n', '\r\n')],
	'fonts.mkv': ['ass', sources['styled.ass'].replaceAll('\n', '\r\n')],
	'ssa.mkv': ['ass', sources['old.ssa'].replaceAll('\n', '\r\n')],
	'vtt.mkv': ['vtt', sources['cues.vtt']],
	'old.webm': ['vtt', sources['simple.vtt']],
	'live.mkv': ['srt', delayed],
	'tx3g.mp4': ['srt', plain],
	'text.mov': ['srt', plain],
	// ffmpeg writes no gaps into fragments: each cue lasts until the next one.
	'fragmented.mp4': ['srt', delayed.replace('02,628', '03,128').replace('04,128', '06,138')],
	'wvtt.mp4': ['vtt', overlapping],
	// ffmpeg leaves the slant out.
	'stpp.mp4': ['srt', plain.replaceAll(/<\/?i>/g, '')],
	'wvtt-fragmented.mp4': ['vtt', overlapping],
};
const pictures: Record<string, string> = {
	'pgs.mkv': 'PGS (Blu-ray pictures)',
	'vobsub.mkv': 'VobSub (DVD pictures)',
	'vobsub.mp4': 'VobSub (DVD pictures)',
	'dvb.mkv': 'DVB (broadcast pictures)',
};

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-film-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function firstTrack(path: string): Promise<[string, string]> {
	const [track] = (await listTracks(path)).subtitles;
	const { format, text } = await extractTrack(path, track?.id ?? -1);
	return [format, text];
}

test('takes every kind of text track out of a film as the file that it was made of', async () => {
	const found: Record<string, [string, string]> = {};
	for (const name of Object.keys(expected)) found[name] = await firstTrack(join(fixtures, name));
	expect(found).toEqual(expected);
	expect(films.sort()).toEqual([...Object.keys(expected), ...Object.keys(pictures), 'c608.mov'].sort());
});

test('lists tracks with language, title, flags and sound', async () => {
	expect(await listTracks(join(fixtures, 'plain.mkv'))).toEqual({
		container: 'matroska',
		fps: null,
		subtitles: [
			{ id: 1, codec: 'SubRip (SRT)', kind: 'text', language: 'en', title: 'For all', isDefault: true, isForced: false, obstacle: null },
			{ id: 2, codec: 'SubRip (SRT)', kind: 'text', language: 'zh-Hant', title: '只有招牌', isDefault: false, isForced: true, obstacle: null },
		],
		sound: [],
		fonts: [],
	});
	expect(await listTracks(join(fixtures, 'tx3g.mp4'))).toEqual({
		container: 'mp4',
		fps: null,
		subtitles: [{ id: 1, codec: '3GPP Timed Text (tx3g)', kind: 'text', language: 'en', title: 'For all', isDefault: true, isForced: false, obstacle: null }],
		sound: [{ id: 2, codec: 'AAC', language: null, title: '', isDefault: true, channels: 2 }],
		fonts: [],
	});
	expect((await extractTrack(join(fixtures, 'plain.mkv'), 2)).text).toBe(sources['second.srt']);
});

test('names the fonts that a film carries, whatever it says that they are, and takes one out whole', async () => {
	const path = join(fixtures, 'fonts.mkv');
	expect((await listTracks(path)).fonts).toMatchObject([
		{ fileName: 'Sign.ttf', mediaType: 'font/ttf', sizeBytes: fontBytes.length },
		{ fileName: '../Other.otf', sizeBytes: sources['second.srt'].length },
	]);
	const taken = [await readFont(path, 0), await readFont(path, 1)].map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
	expect(taken).toEqual([fontBytes.toString('latin1'), sources['second.srt']]);
	await expect(readFont(path, 2)).rejects.toMatchObject({ code: 'FILM_INVALID', data: { reason: 'noTrack' } });
});

test('names captions in a track of their own as such, and reads none', async () => {
	const path = join(fixtures, 'c608.mov');
	expect((await listTracks(path)).subtitles).toMatchObject([{ id: 1, codec: 'CEA-608 captions', obstacle: 'codec' }]);
	await expect(extractTrack(path, 1)).rejects.toMatchObject({ code: 'FILM_INVALID', data: { reason: 'codec', detail: 'CEA-608 captions' } });
});

test('TTML in pieces: what goes on in the next piece is one cue, and times may count from the piece', () => {
	const piece = (...paragraphs: string[]) => Buffer.from(`<tt xmlns="http://www.w3.org/ns/ttml"><body><div>${paragraphs.join('')}</div></body></tt>`);
	const p = (begin: string, end: string, text: string) => `<p begin="${begin}" end="${end}">${text}</p>`;
	const sample = (startMs: number, data: Buffer) => ({ startMs, endMs: startMs + 2000, data, additions: null });
	const whole = [
		sample(500, piece(p('0.5s', '3s', 'Long'))),
		sample(2500, piece(p('0.5s', '3s', 'Long'), p('3s', '4s', '<span>Two</span>'))),
		sample(4500, Buffer.from('no TTML')),
		sample(6500, piece(p('0.2s', '1s', 'Late'))),
	];
	expect(readStpp(whole, 500)).toEqual([
		{ startMs: 1000, endMs: 3500, text: 'Long' },
		{ startMs: 3500, endMs: 4500, text: 'Two' },
		{ startMs: 6700, endMs: 7500, text: 'Late' },
	]);
});

const hasFfmpeg = !spawnSync('ffmpeg', ['-version']).error;
test.skipIf(!hasFfmpeg)('tells the frame rate that a film names', async () => {
	const found: (number | null)[] = [];
	for (const name of ['rate.mkv', 'rate.mp4']) {
		const path = join(folder, name);
		spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'color=s=16x16:r=24000/1001:d=1', '-c:v', 'mpeg4', path]);
		found.push((await listTracks(path)).fps);
	}
	expect(found).toEqual([23.976, 23.976]);
});

test('a track in MP4 whose object type is that of DVD pictures (0xE0) is one of pictures, whoever is to show it', async () => {
	const bytes = readFileSync(join(fixtures, 'vobsub.mp4'));
	const [entry, descriptor] = ['mp4s', 'esds'].map((name) => bytes.indexOf(name, 0, 'latin1'));
	// The configuration of the decoder begins with its object type (ISO/IEC 14496-1, 7.2.6.6).
	expect([(entry ?? 0) > 0, bytes[bytes.indexOf(Buffer.from([0x04, 0x80, 0x80, 0x80]), descriptor) + 5]]).toEqual([true, 0xe0]);
	const text = join(folder, 'vobsub-as-text.mp4');
	writeFileSync(text, Buffer.from(bytes.toString('latin1').replace('subp', 'sbtl'), 'latin1'));
	expect((await listTracks(text)).subtitles).toMatchObject([{ codec: 'VobSub (DVD pictures)', kind: 'picture', obstacle: 'picture' }]);
});

test('names tracks of pictures as such and refuses to take text out of them', async () => {
	for (const [name, codec] of Object.entries(pictures)) {
		const [track] = (await listTracks(join(fixtures, name))).subtitles;
		expect(track).toMatchObject({ codec, kind: 'picture', obstacle: 'picture' });
		await expect(extractTrack(join(fixtures, name), track?.id ?? -1)).rejects.toMatchObject({
			code: 'FILM_INVALID',
			data: { fileName: name, reason: 'picture' },
		});
	}
});

const missing = ['mkvmerge', 'ffmpeg'].filter((tool) => spawnSync(tool, ['-version']).error);
test.skipIf(missing.length > 0)(`reads films that are made anew (not here: ${missing.join(', ') || 'nothing is missing'})`, async () => {
	const fresh = join(folder, 'fresh');
	makeFilms(fresh);
	const names = Object.keys(commands).filter((name) => name in expected);
	// By how much sound moves all times differs from one ffmpeg to the next.
	const timeless = (name: string, text = '') => (['live.mkv', 'fragmented.mp4'].includes(name) ? text.replaceAll(/^.* --> .*$/gm, '') : text);
	const found: Record<string, string> = {};
	for (const name of names) found[name] = timeless(name, (await firstTrack(join(fresh, name)))[1]);
	expect(found).toEqual(Object.fromEntries(names.map((name) => [name, timeless(name, expected[name]?.[1])])));
});

/** A Matroska film of one track of text, written by hand for what no tool at hand writes. */
function element(id: string, ...content: (Buffer | string | number)[]): Buffer {
	const data = Buffer.concat(content.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))));
	const size = Buffer.alloc(8);
	size.writeBigUInt64BE(BigInt(data.length) | (1n << 56n));
	return Buffer.concat([Buffer.from(id, 'hex'), size, data]);
}
function matroska({ encodings = Buffer.alloc(0), payloads }: { encodings?: Buffer; payloads: Buffer[] }): Buffer {
	const track = element('ae', element('d7', 1), element('83', 17), element('86', 'S_TEXT/UTF8'), element('22b59c', 'ger'), encodings);
	const group = (payload: Buffer, index: number) => element('a0', element('a1', 0x81, index, 0, 0, payload), element('9b', 200));
	const segment = element('18538067', element('1654ae6b', track), element('1f43b675', element('e7', 0), ...payloads.map(group)));
	return Buffer.concat([element('1a45dfa3', element('4282', 'matroska')), segment]);
}
const encoded = (...content: Buffer[]) => element('6d80', element('6240', ...content));

function written(name: string, bytes: Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, bytes);
	return path;
}

describe('what a track was packed with', () => {
	test('puts a stripped beginning back', async () => {
		const encodings = encoded(element('5034', element('4254', 3), element('4255', 'Hello ')));
		const path = written('stripped.mkv', matroska({ encodings, payloads: [Buffer.from('you'), Buffer.from('there')] }));
		expect((await extractTrack(path, 1)).text).toBe('1\n00:00:00,000 --> 00:00:00,200\nHello you\n\n2\n00:00:00,256 --> 00:00:00,456\nHello there\n\n');
	});
	test('says that an encrypted track is, and that another packing cannot be undone', async () => {
		const locked = written('locked.mkv', matroska({ encodings: encoded(element('5033', 1), element('5035')), payloads: [Buffer.from('x')] }));
		const bzip = written('bzip.mkv', matroska({ encodings: encoded(element('5034', element('4254', 1))), payloads: [Buffer.from('x')] }));
		expect([(await listTracks(locked)).subtitles[0]?.obstacle, (await listTracks(bzip)).subtitles[0]?.obstacle]).toEqual(['encrypted', 'compression']);
		await expect(extractTrack(locked, 1)).rejects.toMatchObject({ data: { reason: 'encrypted' } });
	});
	test('refuses a block that would unpack to more than a cue can be', async () => {
		const path = written('bomb.mkv', matroska({ encodings: encoded(element('5034')), payloads: [deflateSync(Buffer.alloc(100 * 2 ** 20))] }));
		await expect(extractTrack(path, 1)).rejects.toMatchObject({ data: { reason: 'damaged' } });
	});
	test('reads text that is not UTF-8, as old programs stored it', async () => {
		const path = written('latin.mkv', matroska({ payloads: [Buffer.from('Où est la bibliothèque, s’il vous plaît ?'.replace('’', "'"), 'latin1')] }));
		expect((await extractTrack(path, 1)).text).toContain("Où est la bibliothèque, s'il vous plaît ?");
	});
});

describe('films that are not as they should be', () => {
	test('gives what comes before the place where a film was cut off, and says where that is', async () => {
		const path = join(folder, 'cut.mkv');
		copyFileSync(join(fixtures, 'uncounted.mkv'), path);
		const at = readFileSync(path).indexOf('早上好') + 2;
		truncateSync(path, at);
		const { text, brokenAt } = await extractTrack(path, 1);
		expect(text).toBe(plain.slice(0, plain.indexOf('2\n00:00:03')));
		expect(brokenAt).toBeGreaterThan(0);
		expect(brokenAt).toBeLessThan(at);
	});

	test('refuses what is no film, an empty file and a folder, and names a file that is not there', async () => {
		const refused = async (path: string) =>
			await listTracks(path).catch((error: unknown) => (isFailure(error) ? [error.code, 'reason' in error.data && error.data.reason] : error));
		expect(await refused(written('text.mkv', Buffer.from('hello')))).toEqual(['FILM_INVALID', 'notFilm']);
		expect(await refused(written('empty.mp4', Buffer.alloc(0)))).toEqual(['FILM_INVALID', 'notFilm']);
		expect(await refused(folder)).toEqual(['FILE_NOT_ALLOWED', 'notAFile']);
		expect(await refused(join(folder, 'none.mkv'))).toEqual(['FILE_NOT_FOUND', false]);
	});

	test('believes no number of samples that the file has no room for', async () => {
		const bytes = readFileSync(join(fixtures, 'tx3g.mp4'));
		const table = bytes.indexOf('stsz');
		bytes.writeUInt32BE(1, table + 8);
		bytes.writeUInt32BE(0xffffffff, table + 12);
		await expect(extractTrack(written('many.mp4', bytes), 1)).rejects.toMatchObject({ code: 'FILM_INVALID', data: { reason: 'tooMuchInside' } });
	});

	test('a list of parts that leads back to itself ends', async () => {
		const seek = element('114d9b74', element('4dbb', element('53ab', Buffer.from('114d9b74', 'hex')), element('53ac', 0)));
		const path = written('circle.mkv', Buffer.concat([element('1a45dfa3', element('4282', 'webm')), element('18538067', seek)]));
		await expect(listTracks(path)).rejects.toMatchObject({ data: { reason: 'damaged' } });
	});

	test('any damage gives tracks and text, or a failure that says what and where; never anything else', async () => {
		const whole = new Map(films.map((name) => [name, readFileSync(join(fixtures, name))]));
		const damage = fc.record({
			name: fc.constantFrom(...films),
			changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
			keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
		});
		await fc.assert(
			fc.asyncProperty(damage, async ({ name, changes, keep }) => {
				const bytes = Buffer.from(whole.get(name) ?? Buffer.alloc(0));
				// The padding that MKVToolNix leaves is most of a small film, and nothing happens there.
				const reach = Math.min(bytes.length, 1200);
				for (const [place, value] of changes) bytes[Math.floor(place * reach)] = value;
				const path = written(`damaged-${name}`, bytes.subarray(0, Math.ceil(bytes.length * keep)));
				try {
					for (const { id } of (await listTracks(path)).subtitles) await extractTrack(path, id);
				} catch (error) {
					if (!isFailure(error, 'FILM_INVALID')) throw error;
				}
			}),
			{ numRuns: process.env.HOMEROOM_SOAK ? 20_000 : 1500 },
		);
	});

	test('stops when it is told to', async () => {
		await expect(extractTrack(join(fixtures, 'uncounted.mkv'), 1, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
	});
});
