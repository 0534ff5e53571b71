import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './run.ts';

const gibibyte = 2 ** 30;
const filmBytes = 4 * gibibyte;
const clusters = 1000;
/** Of pictures and sound, in each cluster. */
const blocksPerCluster = 10;
const cuesPerCluster = 1;
/** Of the list of parts, with the one part that it names: three headers of an element, and what is in them. */
const seekHeadBytes = 12 + 10 + 10 + 4 + 10 + 6;

/**
 * Subtitles out of a film of 4 GB: how much of it is read, and what memory that takes, with and without an index that names every subtitle.
 *
 * The film is written here, its pictures and sound as holes, so that it takes a few megabytes on the disk.
 */
export async function run(report: Report): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-film-'));
	try {
		const film = writeFilm(join(folder, 'film.mkv'));
		for (const isIndexed of [true, false]) {
			if (!isIndexed) hideIndex(film);
			measure(film, isIndexed, report);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

interface WrittenFilm {
	path: string;
	subtitleBytes: number;
	/** Of clusters and of blocks, 32 bytes each as they are read. */
	headerBytes: number;
	/** The index, and the headers of the clusters and blocks that it leads to. */
	indexBytes: number;
	seekAt: number;
}

/** Makes the list of parts, which leads to the index, padding (Void). */
function hideIndex({ path, seekAt }: WrittenFilm): void {
	const file = openSync(path, 'r+');
	// Of the four bytes of the number and the eight of the size, one is the number of padding and eight are its size.
	const header = element('ec', null, seekHeadBytes - 9);
	writeSync(file, header, 0, header.length, seekAt);
	closeSync(file);
}

function measure({ path, subtitleBytes, headerBytes, indexBytes }: WrittenFilm, isIndexed: boolean, report: Report): void {
	const child = fileURLToPath(new URL('./filmChild.ts', import.meta.url));
	const begun = performance.now();
	const { stdout, stderr } = spawnSync(process.execPath, [child, path], { encoding: 'utf8' });
	// What filmChild.ts writes.
	const found = JSON.parse(stdout || `{"error":${JSON.stringify(stderr)}}`) as { bytesRead: number; cues: number; peakBytes: number };
	const where = isIndexed ? 'with an index' : 'through all clusters';
	report({
		metric: `film, cues found ${where}`,
		value: found.cues,
		unit: 'cues',
		limit: clusters * cuesPerCluster,
		pass: found.cues === clusters * cuesPerCluster,
	});
	const limit = 2 * subtitleBytes + (isIndexed ? indexBytes : headerBytes);
	report({ metric: `film of 4 GiB, read ${where}`, value: found.bytesRead, unit: 'bytes', baseline: subtitleBytes, ratio: found.bytesRead / subtitleBytes });
	report({
		metric: `film of 4 GiB, allowed ${where}`,
		value: found.bytesRead / limit,
		unit: '× (2 × subtitles + headers)',
		limit: 1,
		pass: found.bytesRead <= limit,
	});
	report({ metric: `film of 4 GiB, memory ${where}`, value: found.peakBytes / 2 ** 20, unit: 'MiB', limit: 150, pass: found.peakBytes < 150 * 2 ** 20 });
	report({ metric: `film of 4 GiB, time ${where}`, value: performance.now() - begun, unit: 'ms' });
}

/** An element of Matroska; `sizeBytes` where its content is a hole, or is written later. */
function element(id: string, content: Buffer | null, sizeBytes = content?.length ?? 0): Buffer {
	const size = Buffer.alloc(8);
	size.writeBigUInt64BE(BigInt(sizeBytes) | (1n << 56n));
	return Buffer.concat([Buffer.from(id, 'hex'), size, content ?? Buffer.alloc(0)]);
}

function unsigned(id: string, value: number): Buffer {
	const content = Buffer.alloc(6);
	content.writeUIntBE(value, 0, 6);
	return element(id, content);
}

const track = (id: number, type: number, codec: string) =>
	element('ae', Buffer.concat([unsigned('d7', id), unsigned('73c5', id), unsigned('83', type), element('86', Buffer.from(codec))]));

function writeFilm(path: string): WrittenFilm {
	const file = openSync(path, 'w');
	const head = element('1a45dfa3', element('4282', Buffer.from('matroska')));
	const tracks = element('1654ae6b', Buffer.concat([track(1, 1, 'V_MPEG4/ISO/AVC'), track(2, 2, 'A_AAC'), track(3, 17, 'S_TEXT/UTF8')]));
	const statistics = Buffer.concat([element('45a3', Buffer.from('NUMBER_OF_FRAMES')), element('4487', Buffer.from(String(clusters * cuesPerCluster)))]);
	const tags = element('1254c367', element('7373', Buffer.concat([element('63c0', unsigned('63c5', 3)), element('67c8', statistics)])));
	const dataAt = head.length + 12;
	const clusterBytes = Math.floor((filmBytes - dataAt - 2 ** 20) / clusters);
	const points: Buffer[] = [];
	let at = dataAt + tracks.length + tags.length;
	const seekAt = at;
	// The list of parts names the index at the end of the film.
	at += seekHeadBytes;
	let subtitleBytes = 0;
	for (let index = 0; index < clusters; index++) {
		const { subtitle, subtitleAt } = writeCluster(file, at, clusterBytes, index);
		subtitleBytes += subtitle;
		const position = Buffer.concat([unsigned('f7', 3), unsigned('f1', at - dataAt), unsigned('f0', subtitleAt - at - 12)]);
		points.push(element('bb', Buffer.concat([unsigned('b3', index * 3000), element('b7', position)])));
		at += clusterBytes;
	}
	const cues = element('1c53bb6b', Buffer.concat(points));
	const seek = element('4dbb', Buffer.concat([element('53ab', Buffer.from('1c53bb6b', 'hex')), unsigned('53ac', at - dataAt)]));
	const start = Buffer.concat([head, element('18538067', null, filmBytes - dataAt), tracks, tags, element('114d9b74', seek)]);
	writeSync(file, start, 0, start.length, 0);
	writeSync(file, cues, 0, cues.length, at);
	writeSync(file, element('ec', null, filmBytes - at - cues.length - 9), 0, 9, at + cues.length);
	ftruncateSync(file, filmBytes);
	closeSync(file);
	return {
		path,
		subtitleBytes,
		headerBytes: clusters * (blocksPerCluster + cuesPerCluster + 2) * 32 + start.length + cues.length,
		indexBytes: clusters * 3 * 32 + start.length + cues.length,
		seekAt,
	};
}

/** A cluster of blocks of pictures and sound that are holes, and of one subtitle in their midst. */
function writeCluster(file: number, at: number, clusterBytes: number, index: number): { subtitle: number; subtitleAt: number } {
	const time = unsigned('e7', index * 3000);
	const text = Buffer.from(`Cue ${index}, as long as a line of talk is on a screen, or even two of them`);
	const subtitle = element('a0', Buffer.concat([element('a1', Buffer.concat([Buffer.from([0x83, 0, 0, 0]), text])), unsigned('9b', 2000)]));
	const start = Buffer.concat([element('1f43b675', null, clusterBytes - 12), time]);
	writeSync(file, start, 0, start.length, at);
	const blockBytes = Math.floor((clusterBytes - start.length - subtitle.length) / blocksPerCluster);
	let next = at + start.length;
	let subtitleAt = next;
	for (let block = 0; block < blocksPerCluster; block++) {
		if (block === blocksPerCluster / 2) {
			writeSync(file, subtitle, 0, subtitle.length, next);
			subtitleAt = next;
			next += subtitle.length;
		}
		const isLast = block === blocksPerCluster - 1;
		const size = isLast ? at + clusterBytes - next - 9 : blockBytes - 9;
		const header = Buffer.concat([element('a3', null, size), Buffer.from([block % 3 === 0 ? 0x81 : 0x82, 0, 0, 0x80])]);
		writeSync(file, header, 0, header.length, next);
		next += 9 + size;
	}
	return { subtitle: subtitle.length, subtitleAt };
}
