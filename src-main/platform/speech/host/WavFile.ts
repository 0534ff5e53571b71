import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What keeps a file from being read as WAV. */
export class WavRefusal extends Error {}

type SampleKind = 'u8' | 's16' | 's24' | 's32' | 'f32';
const kinds: Record<string, SampleKind> = { '1:8': 'u8', '1:16': 's16', '1:24': 's24', '1:32': 's32', '3:32': 'f32' };
const mostChunks = 1000;

/** A WAV file (RIFF, also RF64 of more than 4 GB) of which stretches are read, its channels mixed into one. Close it after use. */
export class WavFile {
	readonly #file: number;
	readonly #dataAt: number;
	readonly #channels: number;
	readonly #kind: SampleKind;
	readonly sampleRate: number;
	/** How many there are in each channel. */
	readonly sampleCount: number;

	/** @throws WavRefusal for what is no WAV file, or one of packed sound. */
	constructor(path: string) {
		this.#file = openSync(path, 'r');
		try {
			const found = this.#findChunks(fstatSync(this.#file).size);
			this.#dataAt = found.dataAt;
			this.#channels = found.channels;
			this.#kind = found.kind;
			this.sampleRate = found.sampleRate;
			this.sampleCount = Math.floor(found.dataBytes / (found.channels * bytesOf(found.kind)));
		} catch (error) {
			this.close();
			throw error;
		}
	}

	close(): void {
		closeSync(this.#file);
	}

	/** The samples from `from` on, -1..1; fewer than `count` at the end. */
	read(from: number, count: number): Float32Array {
		const frame = this.#channels * bytesOf(this.#kind);
		const wanted = Math.max(0, Math.min(count, this.sampleCount - from));
		const bytes = this.#readBytes(this.#dataAt + from * frame, wanted * frame);
		const samples = new Float32Array(Math.floor(bytes.length / frame));
		for (let index = 0; index < samples.length; index++) {
			let sum = 0;
			for (let channel = 0; channel < this.#channels; channel++) sum += sampleAt(bytes, this.#kind, index * frame + channel * bytesOf(this.#kind));
			samples[index] = sum / this.#channels;
		}
		return samples;
	}

	#readBytes(at: number, length: number): Buffer {
		const bytes = Buffer.alloc(length);
		return bytes.subarray(0, readSync(this.#file, bytes, 0, length, at));
	}

	#findChunks(size: number) {
		const head = this.#readBytes(0, 12);
		if (!/^(RIFF|RF64)....WAVE$/s.test(head.toString('latin1'))) throw new WavRefusal('it is no WAV file');
		let format: { kind: SampleKind; channels: number; sampleRate: number } | null = null;
		let at = 12;
		for (let count = 0; at + 8 <= size && count < mostChunks; count++) {
			const chunk = this.#readBytes(at, 8);
			const name = chunk.toString('latin1', 0, 4);
			const length = chunk.readUInt32LE(4);
			if (name === 'fmt ') format = formatOf(this.#readBytes(at + 8, Math.min(length, 40)));
			// A writer that was cut off, or that could not go back, leaves a length that is too large.
			if (name === 'data' && format) return { ...format, dataAt: at + 8, dataBytes: Math.min(length === 0 ? size : length, size - at - 8) };
			at += 8 + length + (length % 2);
		}
		throw new WavRefusal('there is no sound in it');
	}
}

function formatOf(chunk: Buffer): { kind: SampleKind; channels: number; sampleRate: number } {
	if (chunk.length < 16) throw new WavRefusal('its format is not whole');
	const written = chunk.readUInt16LE(0);
	// In the extensible form the format stands in the first bytes of a longer number.
	const tag = written === 0xfffe && chunk.length >= 26 ? chunk.readUInt16LE(24) : written;
	const kind = kinds[`${tag}:${chunk.readUInt16LE(14)}`];
	const [channels, sampleRate] = [chunk.readUInt16LE(2), chunk.readUInt32LE(4)];
	if (!kind || channels < 1 || channels > 32 || sampleRate < 1000 || sampleRate > 768_000)
		throw new WavRefusal('its sound is packed, or of a kind that no one uses');
	return { kind, channels, sampleRate };
}

function bytesOf(kind: SampleKind): number {
	return { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4 }[kind];
}

function sampleAt(bytes: Buffer, kind: SampleKind, at: number): number {
	switch (kind) {
		case 'u8':
			return (bytes.readUInt8(at) - 128) / 128;
		case 's16':
			return bytes.readInt16LE(at) / 2 ** 15;
		case 's24':
			return bytes.readIntLE(at, 3) / 2 ** 23;
		case 's32':
			return bytes.readInt32LE(at) / 2 ** 31;
		default:
			return bytes.readFloatLE(at);
	}
}
