/** Every power of two is cut into so many parts. */
const parts = 16;
const partBits = 4;
/** Larger values count as this one: 24 days, in milliseconds. */
const largest = 2 ** 31 - 1;

/**
 * Counts whole numbers from 0 to 2³¹ − 1 in bins that grow with them, as HdrHistogram does: each power of two is cut into 16, so that a
 * percentile is off by at most 1/32 of itself (3.2 %), and not at all below 32. Two of them can be put together without any loss, and one takes
 * some bytes for each bin that is not empty, of at most 448.
 */
export class Histogram {
	/** How many values each bin holds. */
	readonly #bins = new Map<number, number>();

	/** How many values it holds. */
	get count(): number {
		return this.#bins.values().reduce((sum, count) => sum + count, 0);
	}

	/** Counts a value in, rounded; less than 0 counts as 0. */
	record(value: number): void {
		this.#add(binOf(Math.min(largest, Math.max(0, Math.round(value)))), 1);
	}

	/** Counts in what another one holds. */
	merge(other: Histogram): void {
		for (const [bin, count] of other.#bins) this.#add(bin, count);
	}

	/** The value that a share of `fraction` (0..1) does not exceed, by nearest rank; null where there is none. */
	percentile(fraction: number): number | null {
		const rank = Math.max(1, Math.ceil(fraction * this.count));
		let seen = 0;
		for (const [bin, count] of [...this.#bins].sort(([a], [b]) => a - b)) {
			seen += count;
			if (seen >= rank) return middleOf(bin);
		}
		return null;
	}

	/** As bytes: for each bin how far it is from the one before, and its count, each in base 128 (LEB128). */
	encode(): Buffer {
		const bytes: number[] = [];
		let before = 0;
		for (const [bin, count] of [...this.#bins].sort(([a], [b]) => a - b)) {
			writeNumber(bytes, bin - before);
			writeNumber(bytes, count);
			before = bin;
		}
		return Buffer.from(bytes);
	}

	/** Reads what `encode` wrote; what cannot be read is left out. */
	static decode(bytes: Uint8Array): Histogram {
		const read = new Histogram();
		const numbers = readNumbers(bytes);
		let bin = 0;
		for (let at = 0; at + 1 < numbers.length; at += 2) {
			bin += numbers[at] ?? 0;
			const count = numbers[at + 1] ?? 0;
			if (!(bin <= binOf(largest)) || count < 1 || !Number.isSafeInteger(count)) break;
			read.#add(bin, count);
		}
		return read;
	}

	#add(bin: number, count: number): void {
		this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + count);
	}
}

/** The bin of a value: itself below 16, then 16 bins for each power of two. */
function binOf(value: number): number {
	if (value < parts) return value;
	const power = 31 - Math.clz32(value);
	return (power - partBits) * parts + (value >> (power - partBits));
}

/** What stands for all values of a bin. */
function middleOf(bin: number): number {
	if (bin < 2 * parts) return bin;
	const shift = Math.floor(bin / parts) - 1;
	const width = 2 ** shift;
	return (bin - shift * parts) * width + (width - 1) / 2;
}

function writeNumber(bytes: number[], value: number): void {
	let rest = value;
	while (rest >= 128) {
		bytes.push((rest % 128) + 128);
		rest = Math.floor(rest / 128);
	}
	bytes.push(rest);
}

function readNumbers(bytes: Uint8Array): number[] {
	const numbers: number[] = [];
	let [value, scale] = [0, 1];
	for (const byte of bytes) {
		value += (byte % 128) * scale;
		scale *= 128;
		if (byte >= 128) continue;
		numbers.push(value);
		[value, scale] = [0, 1];
	}
	return numbers;
}
