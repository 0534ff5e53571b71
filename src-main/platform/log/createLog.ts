import pino from 'pino';
import { openRotatingFile } from './openRotatingFile.ts';
import { dropParameters, redact, redacted, sensitiveKeys } from './redact.ts';

/** The app's log: one JSON object a line; `log.child({ requestId })` marks all that one request caused. */
export type Logger = pino.Logger;

const defaultFileBytes = 10 * 1024 * 1024;
const keptFiles = 5;

/**
 * Opens a log in `folder`: `<name>.log` and four older ones, of 10 MiB each.
 *
 * What may be relied on: warnings and errors are handed to the disk at once, other lines within a moment; no line holds a secret, a prompt or an answer that was logged under a usual key of such (redact.ts);
 * a full disk or a flood of lines neither stops the app nor fills its memory: lines are dropped then and their number is logged;
 * after `close` every line from before it is in the file. Lines logged later go nowhere.
 *
 * @param options.name one for each process that logs at the same time; `homeroom` unless told.
 * @param options.level the least to be written; `info` unless told.
 * @param options.console also writes warnings and errors to stderr.
 */
export function createLog(options: { folder: string; name?: string; level?: string; console?: boolean; fileBytes?: number }): {
	log: Logger;
	close(): Promise<void>;
} {
	const name = `${options.name ?? 'homeroom'}.log`;
	const file = openRotatingFile({ folder: options.folder, name, bytes: options.fileBytes ?? defaultFileBytes, files: keptFiles });
	// What went wrong is in the file at once, whatever becomes of the app.
	const streams: pino.StreamEntry[] = [
		{ level: 'trace', stream: file },
		{ level: 'warn', stream: { write: () => file.flush() } },
	];
	if (options.console) streams.push({ level: 'warn', stream: process.stderr });
	const log = pino(
		{
			level: options.level ?? 'info',
			base: { pid: process.pid },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }), log: redact },
			// `redact` above has described errors already.
			serializers: { err: (described: unknown) => described, msg: dropParameters },
			// What a child logger is bound to does not pass the formatters.
			redact: { paths: [...sensitiveKeys], censor: redacted },
		},
		pino.multistream(streams),
	);
	return { log, close: () => file.close() };
}
