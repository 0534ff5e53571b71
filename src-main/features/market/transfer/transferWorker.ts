import { parentPort, workerData } from 'node:worker_threads';
import { isFailure } from '#contract/errors.ts';
import { isDiskError } from './diskFault.ts';
import type { FetchOrder, FetchReply, LiveTerms, ReadBackAsk, ReadBackOrder, ReadBackReply, ThreadOrder } from './transferContract.ts';

/*
 * The program of both threads of a transfer: the one that fetches and writes (started by transfer.ts), and the one that reads back and
 * hashes (started by the first).
 */

if (parentPort === null) throw new Error('this is the program of a thread');
const port = parentPort;
// transfer.ts and ReadBack.ts alone start this thread, and put this there.
const order = workerData as ThreadOrder;
if (order.kind === 'fetch') await fetchFile(order);
else await readBackFile(order);

async function fetchFile(what: FetchOrder): Promise<void> {
	// Each thread loads what it needs alone: the one that reads back knows nothing of the network.
	const { runFetch } = await import('./runFetch.ts');
	const tell = (reply: FetchReply) => port.postMessage(reply);
	const onTerms = (apply: (terms: LiveTerms) => void) => void port.on('message', apply);
	try {
		tell({ kind: 'done', ...(await runFetch(what, { tell, onTerms })) });
	} catch (error) {
		if (isFailure(error)) tell({ kind: 'failed', code: error.code, data: error.data });
		else if (isDiskError(error)) tell({ kind: 'diskFailed', code: error.code, message: error.message });
		else throw error;
	}
	port.close();
}

async function readBackFile(what: ReadBackOrder): Promise<void> {
	const { FileReader } = await import('./FileReader.ts');
	const tell = (reply: ReadBackReply) => port.postMessage(reply);
	const withDisk = <T>(work: () => T): T | null => {
		try {
			return work();
		} catch (error) {
			if (!isDiskError(error)) throw error;
			tell({ kind: 'diskFailed', code: error.code, message: error.message });
			return null;
		}
	};
	const reader = withDisk(() => new FileReader(what));
	port.on('message', (ask: ReadBackAsk) => {
		const reply = reader && withDisk(() => reader.answer(ask));
		if (reply) tell(reply);
	});
}
