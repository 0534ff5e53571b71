import type { FilmFile, FilmReason } from './FilmFile.ts';
import type { Sample } from './filmTrack.ts';

/** More than any subtitles have: karaoke with an event for every syllable and frame stays under it. */
const mostSamples = 2_000_000;
const mostBytes = 64 * 2 ** 20;

/** The samples of one track as they are read, within bounds. */
export class SampleList {
	readonly #file: FilmFile;
	readonly #samples: Sample[] = [];
	#bytes = 0;

	constructor(file: FilmFile) {
		this.#file = file;
	}

	/** @throws FILM_INVALID (`tooMuchInside`) beyond 2 million samples or 64 MiB. */
	add(sample: Sample): void {
		this.#bytes += sample.data.length + (sample.additions?.length ?? 0);
		if (this.#samples.length >= mostSamples || this.#bytes > mostBytes)
			throw this.#file.refuse('tooMuchInside', null, `more than ${this.#samples.length} cues or ${this.#bytes} bytes of subtitles`);
		this.#samples.push(sample);
	}

	all(): Sample[] {
		return this.#samples;
	}

	/** What was read before the file broke off at `at`; thrown as FILM_INVALID where that is nothing. */
	brokenOff(at: number, reason: FilmReason, detail: string): { samples: Sample[]; brokenAt: number } {
		if (this.#samples.length === 0) throw this.#file.refuse(reason, at, detail);
		return { samples: this.#samples, brokenAt: at };
	}
}
