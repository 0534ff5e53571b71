import { createStream, type RotatingFileStream } from 'rotating-file-stream';

/** What may wait for a slow disk before lines are dropped. */
const waitingBytes = 8 * 1024 * 1024;

/** How long a file that could not be written is left alone. */
const retryMs = 10_000;

/** So long a line may wait for others, to be written together: each write costs its caller more than the line does. */
const gatherMs = 50;
/** So many characters are not kept waiting, nor so large a part of a file, which is cut off between two writes. */
const mostGathered = 65_536;
const mostOfFile = 1 / 16;

/** Where log lines go: `write` never throws and never waits. */
export interface RotatingFile {
	write(line: string): void;
	/** Hands what was written so far to the disk, instead of within a moment. */
	flush(): void;
	/** Resolves once all lines written before are in the file. Safe to repeat. */
	close(): Promise<void>;
}

/**
 * Opens `folder/name` for appending; at `bytes` it becomes `name.1`, what was `name.1` becomes `name.2`, and so on: `files` in all.
 *
 * Where the disk is full or too slow, lines are dropped, counted, and the count written as a line of its own when it works again.
 */
export function openRotatingFile(options: { folder: string; name: string; bytes: number; files: number }): RotatingFile {
	let stream: RotatingFileStream | null = null;
	let notBefore = 0;
	let dropped = 0;
	let closed = false;
	const gatheredLength = Math.min(mostGathered, options.bytes * mostOfFile);
	/** What the stream does not have yet; it stays where that fails. */
	let gathered = '';
	let timer: NodeJS.Timeout | undefined;

	const open = (): RotatingFileStream => {
		const opened = createStream(options.name, { path: options.folder, size: `${options.bytes}B`, rotate: options.files - 1, mode: 0o600 });
		opened.on('error', (error) => {
			if (stream === opened) stream = null;
			notBefore = Date.now() + retryMs;
			process.stderr.write(`The log ${options.name} cannot be written (${error.message}); lines are lost until it can.\n`);
		});
		return opened;
	};

	const write = (line: string): void => {
		if (closed) return;
		if (stream === null && Date.now() >= notBefore) stream = open();
		if (stream === null || stream.writableLength + gathered.length > waitingBytes) {
			dropped += 1;
			return;
		}
		if (dropped > 0) {
			gathered += `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), msg: 'log lines were lost', lines: dropped })}\n`;
			dropped = 0;
		}
		gathered += line;
		if (gathered.length > gatheredLength) flush();
		else timer ??= setTimeout(flush, gatherMs).unref();
	};

	const flush = (): void => {
		clearTimeout(timer);
		timer = undefined;
		if (stream === null || gathered === '') return;
		stream.write(gathered);
		gathered = '';
	};

	const close = async (): Promise<void> => {
		closed = true;
		flush();
		const last = stream;
		if (last === null || last.closed) return;
		await new Promise<void>((resolve) => {
			last.once('close', () => resolve());
			last.end();
		});
	};

	return { write, flush, close };
}
