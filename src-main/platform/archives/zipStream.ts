import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** From this size on a file is written in the form for large ones (zip64), as it may grow while it is read. */
const largeBytes = 2 ** 31;

/** A file to be put into an archive. */
export interface ZipSource {
	/** Its path in the archive, with `/` between folders. */
	name: string;
	/** As far as it is known; it may be another one by the time it is read. */
	sizeBytes: number;
	/** False: its bytes go in as they are, since they would hardly get fewer. */
	isCompressed: boolean;
	/** Opened when its turn has come, one at a time. */
	open(): Promise<Readable>;
}

/** A ZIP archive of the sources in their order, of any size, as it is written. What a source throws ends the stream with that. */
export function zipStream(sources: Iterable<ZipSource>): Readable {
	const zip = new ZipFile();
	// The types say a stream of the old kind; it is Node's own PassThrough.
	const stream = zip.outputStream as unknown as Readable;
	const fail = (error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error)));
	let current: Readable | null = null;
	zip.on('error', fail);
	stream.once('close', () => current?.destroy());
	for (const { name, sizeBytes, isCompressed, open } of sources) {
		const options = { compress: isCompressed, forceZip64Format: sizeBytes >= largeBytes };
		zip.addReadStreamLazy(name, options, (give) => {
			open().then((source) => {
				current = source;
				// Nobody reads it any more.
				if (stream.destroyed) source.destroy();
				else give(null, source);
			}, fail);
		});
	}
	zip.end();
	return stream;
}
