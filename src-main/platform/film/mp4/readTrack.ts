import type { FilmFile } from '../FilmFile.ts';
import type { SoundTrack, SubtitleTrack, TextCodec } from '../filmTrack.ts';
import { frameRate } from '../frameRate.ts';
import { languageTag, packedLanguageTag } from '../languageTag.ts';
import { type Box, bigAt, boxesIn, boxesOf, boxIn } from './boxes.ts';
import { runs } from './readSampleTable.ts';

/** What is needed to read the samples of a track of subtitles. */
export interface Mp4Subtitles {
	track: SubtitleTrack;
	codec: TextCodec | null;
	/** The first sample entry, from behind its header. */
	entry: Buffer;
	/** Ticks a second of this track. */
	timescale: number;
	/** The table of samples; null in a track that is in fragments alone. */
	sampleTable: Box | null;
	edits: Edit[];
}

/** A stretch of the film and where in the track it is taken from. */
export interface Edit {
	/** In ticks of the film. */
	duration: number;
	/** In ticks of the track; -1 for a stretch in which there is nothing. */
	mediaTime: number;
}

/** A track of any kind, as far as it matters here. */
export interface Mp4Track {
	subtitles: Mp4Subtitles | null;
	sound: SoundTrack | null;
	/** Frames per second, of a track of pictures whose frames nearly all last as long; else null. */
	fps: number | null;
	/** The tracks that are the chapters of this one. */
	chapters: number[];
}

const textCodecs: Record<string, [codec: TextCodec | null, words: string]> = {
	tx3g: ['tx3g', '3GPP Timed Text (tx3g)'],
	text: ['quickTimeText', 'QuickTime text'],
	wvtt: ['wvtt', 'WebVTT'],
	stpp: ['stpp', 'TTML (stpp)'],
	c608: [null, 'CEA-608 captions'],
	c708: [null, 'CEA-708 captions'],
	enct: [null, 'encrypted text'],
	encs: [null, 'encrypted subtitles'],
};
const soundCodecs: Record<string, string> = {
	mp4a: 'AAC',
	'ac-3': 'Dolby Digital (AC-3)',
	'ec-3': 'Dolby Digital Plus (E-AC-3)',
	Opus: 'Opus',
	fLaC: 'FLAC',
	alac: 'Apple Lossless',
	'.mp3': 'MP3',
	dtsc: 'DTS',
	sowt: 'PCM',
	lpcm: 'PCM',
	twos: 'PCM',
};
const subtitleHandlers = ['sbtl', 'text', 'subt', 'clcp', 'subp'];

/** Reads a `trak` box, but for its tables of samples, which may be large. */
export async function readTrack(file: FilmFile, trak: Box): Promise<Mp4Track> {
	const found = await findBoxes(file, trak);
	const header = found.get('tkhd');
	const media = found.get('mdhd');
	const handler = found.get('hdlr');
	if (!header || !media || !handler || header.length < 24 || media.length < 22 || handler.length < 12)
		return { subtitles: null, sound: null, fps: null, chapters: [] };
	const chapters = boxIn(found.get('tref') ?? Buffer.alloc(0), 'chap') ?? Buffer.alloc(0);
	const isLong = media[0] === 1;
	if (isLong && media.length < 34) throw file.refuse('damaged', trak.at, 'the head of a track is not whole');
	const type = handler.toString('latin1', 8, 12);
	const description = boxesIn(found.get('stsd') ?? Buffer.alloc(0), 8).next().value;
	const format = description?.type ?? '';
	const named = {
		id: header.readUInt32BE(header[0] === 1 ? 20 : 12),
		language: languageTag((found.get('elng') ?? Buffer.alloc(0)).toString('utf8', 4)) ?? packedLanguageTag(media.readUInt16BE(isLong ? 32 : 20)),
		title: titleOf(found.get('name'), handler),
		isDefault: (header.readUInt8(3) & 1) !== 0,
	};
	const entry = description?.data.subarray(8) ?? Buffer.alloc(0);
	const sound = type === 'soun' ? { ...named, codec: soundCodecs[format] ?? format, channels: entry.length >= 10 ? entry.readUInt16BE(8) : null } : null;
	const subtitles = subtitleHandlers.includes(type)
		? {
				...textTrack(named, type, format, entry),
				entry,
				timescale: media.readUInt32BE(isLong ? 20 : 12) || 1000,
				sampleTable: found.table,
				edits: readEdits(found.get('elst')),
			}
		: null;
	const fps = type === 'vide' && found.table ? await frameRateOf(file, found.table, media.readUInt32BE(isLong ? 20 : 12)) : null;
	return { subtitles, sound, fps, chapters: Array.from({ length: Math.floor(chapters.length / 4) }, (_, index) => chapters.readUInt32BE(index * 4)) };
}

const into = new Set(['mdia', 'minf', 'edts', 'udta']);
const wanted = new Set(['tkhd', 'mdhd', 'hdlr', 'elng', 'elst', 'tref', 'name', 'stsd']);

/** The small boxes of a track by their kinds, the first of each; `mdia` alone has another `hdlr` further down, which comes later. */
async function findBoxes(file: FilmFile, trak: Box): Promise<Map<string, Buffer> & { table: Box | null }> {
	const found = Object.assign(new Map<string, Buffer>(), { table: null as Box | null });
	const visit = async (parent: Box, depth: number): Promise<void> => {
		for await (const box of boxesOf(file, parent.dataAt, parent.end)) {
			if (box.type === 'stbl') found.table ??= box;
			if (wanted.has(box.type) && !found.has(box.type)) found.set(box.type, await file.read(box.dataAt, box.end - box.dataAt, `the box "${box.type}"`));
			if (depth < 4 && (into.has(box.type) || box.type === 'stbl')) await visit(box, depth + 1);
		}
	};
	await visit(trak, 0);
	return found;
}

function textTrack(named: Pick<SubtitleTrack, 'id' | 'language' | 'title' | 'isDefault'>, handler: string, format: string, entry: Buffer) {
	const isPicture = handler === 'subp' || format === 'mp4s';
	const [codec, words] = textCodecs[format] ?? [null, format];
	const obstacle = isPicture ? 'picture' : format.startsWith('enc') ? 'encrypted' : codec ? null : 'codec';
	// Bit 31 of a text track's flags: every sample of it is forced (QuickTime File Format, "Subtitle sample description").
	const isForced = format === 'tx3g' && entry.length >= 4 && (entry.readUInt32BE(0) & 0x80000000) !== 0;
	const track: SubtitleTrack = { ...named, codec: isPicture ? 'VobSub (DVD pictures)' : words, kind: isPicture ? 'picture' : 'text', isForced, obstacle };
	return { track, codec };
}

/** The name of a track, or that of its handler where that is not one that a program gives to all. */
function titleOf(name: Buffer | undefined, handler: Buffer): string {
	if (name) return name.toString('utf8').replaceAll('\0', '').trim().slice(0, 1000);
	const raw = handler.subarray(24);
	// QuickTime counts its letters in front, MP4 ends them with a zero byte.
	const text = (raw[0] === raw.length - 1 ? raw.subarray(1) : raw).toString('utf8').replace(/\0.*$/s, '').trim();
	return /handler|^\*?mp4|^gpac|^mediabunny|^core media|^text$|^subtitles?$|@/i.test(text) ? '' : text.slice(0, 1000);
}

/** A table of times that is longer than this is that of frames of all lengths. */
const longestTimes = 65_536;

async function frameRateOf(file: FilmFile, table: Box, timescale: number): Promise<number | null> {
	for await (const { type, dataAt, end } of boxesOf(file, table.dataAt, table.end)) {
		if (type !== 'stts' || end - dataAt > longestTimes) continue;
		const times = runs(await file.read(dataAt, end - dataAt, 'the table of times'));
		const all = times.reduce((sum, [count]) => sum + count, 0);
		const usual = times.find(([count]) => count > 0.9 * all);
		return usual ? frameRate(timescale / usual[1]) : null;
	}
	return null;
}

function readEdits(list: Buffer | undefined): Edit[] {
	const edits: Edit[] = [];
	if (!list || list.length < 8) return edits;
	const isLong = list[0] === 1;
	const step = isLong ? 20 : 12;
	const count = Math.min(list.readUInt32BE(4), Math.floor((list.length - 8) / step));
	for (let index = 0; index < count; index++) {
		const at = 8 + index * step;
		edits.push(
			isLong
				? { duration: bigAt(list, at), mediaTime: Number(list.readBigInt64BE(at + 8)) }
				: { duration: list.readUInt32BE(at), mediaTime: list.readInt32BE(at + 4) },
		);
	}
	return edits;
}
