import pino from 'pino';
import { isFailure } from '#contract/errors.ts';
import { transfer } from './transfer.ts';

/*
 * Run by transferKills.test.ts and bench/resume.ts as a process of its own, to be killed: fetches what the argument says (the fields of a
 * TransferTask and `workerFile`, as JSON) and prints the bytes it has several times a second, and at the end "complete" or the code of the failure.
 */
const { workerFile, ...task } = JSON.parse(process.argv[2] ?? '{}');
const ended = transfer(task, {
	workerFile,
	log: pino({ enabled: false }),
	signal: new AbortController().signal,
	limits: () => ({ bytesPerSecond: null }),
	policy: () => ({ offline: false, proxy: 'none' }),
	onProgress: ({ bytesDone }) => void process.stdout.write(`${bytesDone}\n`),
});
process.stdout.write(
	await ended.then(
		() => 'complete',
		(error) => (isFailure(error) ? error.code : String(error)),
	),
);
