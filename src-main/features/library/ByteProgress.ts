import type { JobRun } from '../../platform/jobs/JobRunner.ts';

/** Tells how far a job that reads files is, by bytes; what people read with it is the name of the file. */
export class ByteProgress {
	readonly #run: JobRun;
	readonly #totalBytes: number;
	#endedBytes = 0;
	#fileName = '';

	constructor(run: JobRun, totalBytes: number) {
		this.#run = run;
		this.#totalBytes = totalBytes;
	}

	/** A file begins. */
	begin(fileName: string): void {
		this.#fileName = fileName;
		this.at(0);
	}

	/** So many bytes of the file are done. */
	at(bytesDone: number): void {
		const fraction = this.#totalBytes === 0 ? 0 : Math.min(1, (this.#endedBytes + bytesDone) / this.#totalBytes);
		this.#run.progress({ detail: this.#fileName, fraction });
	}

	/** The file is done, or passed over. */
	end(fileBytes: number): void {
		this.#endedBytes += fileBytes;
		this.at(0);
	}
}
