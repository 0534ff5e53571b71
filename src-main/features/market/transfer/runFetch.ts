import { failure, toFailureRecord } from '#contract/errors.ts';
import { Network } from '../../../platform/network/Network.ts';
import { Bandwidth } from './Bandwidth.ts';
import { Connections } from './Connections.ts';
import { PartFile } from './PartFile.ts';
import { Patience } from './Patience.ts';
import { ReadBack } from './ReadBack.ts';
import { Source } from './Source.ts';
import { Speedometer } from './Speedometer.ts';
import type { FetchOrder, FetchReply, LiveTerms, TransferProgress } from './transferContract.ts';

const tellMs = 250;

interface Ends {
	tell: (reply: FetchReply) => void;
	/** Tells when the terms change. */
	onTerms: (apply: (terms: LiveTerms) => void) => void;
}

/**
 * Does one transfer from its beginning to the whole, checked and flushed file, or repairs one; the work of the transferring thread.
 *
 * @throws our failures, and what the disk says.
 */
export async function runFetch(order: FetchOrder, ends: Ends): Promise<{ sha256: string; blockSums: Buffer }> {
	const bandwidth = new Bandwidth(order.bytesPerSecond);
	const network = openNetwork(order, ends, bandwidth);
	const part = new PartFile(order);
	const { file, sizeBytes, blockBytes, checksum } = order;
	// Of a repaired file, the sums of what was right in it are not known here.
	const readBack = new ReadBack({ kind: 'readBack', file, sizeBytes, blockBytes, checksum, sums: order.journal === null }, order.workerFile);
	const source = new Source(network, order, part.etag);
	const patience = new Patience(order.tempo);
	let cameBytes = 0;
	let isWrong = false;
	const stopTelling = tellProgress(part, patience, ends.tell, () => {
		const came = cameBytes;
		cameBytes = 0;
		return came;
	});
	try {
		for (;;) {
			const connections = new Connections({
				...{ source, part, patience, bandwidth, tempo: order.tempo },
				onBytes: (bytes) => {
					cameBytes += bytes;
					readBack.advance(part.map.frontBytes);
				},
			});
			await fetchAll(part, connections, readBack);
			const found = await readBack.finish();
			if (found.matches) {
				part.sync();
				return { sha256: found.sha256, blockSums: found.blockSums === null ? part.map.blockSums : Buffer.from(found.blockSums) };
			}
			// Any of its bytes may be the wrong one: all of it is fetched once more. Of a repaired file most did not come from here.
			isWrong = order.journal !== null && part.hasFailedBefore;
			if (isWrong || order.journal === null) throw wrongBytes(order, source);
			part.restart();
			readBack.restart();
		}
	} finally {
		stopTelling();
		part.close();
		if (isWrong) part.discard();
		await Promise.all([network.close(), readBack.stop()]);
	}
}

/** Makes the thread's own way to other machines, which keeps to the terms as they change; so does `bandwidth`. */
function openNetwork(order: FetchOrder, ends: Ends, bandwidth: Bandwidth): Network {
	let { policy } = order;
	const network = new Network({
		log: { info: (fields: object, message?: string) => ends.tell({ kind: 'log', fields, message: message ?? '' }) },
		policy: () => policy,
		onConnection: (record) => ends.tell({ kind: 'connection', record }),
	});
	ends.onTerms((terms) => {
		const isOther = terms.policy.offline !== policy.offline || terms.policy.proxy !== policy.proxy;
		policy = terms.policy;
		bandwidth.set(terms.bytesPerSecond);
		if (isOther) network.policyChanged();
	});
	return network;
}

/** Fetches what is missing while what an earlier run left is compared with its sums; what is wrong of that is fetched, too. */
async function fetchAll(part: PartFile, connections: Connections, readBack: ReadBack): Promise<void> {
	const compared = readBack.compare(part.takeClaimed()).then(({ good, bad }) => {
		for (const block of good) part.map.finish(block);
		for (const { block } of bad) part.map.lose(block);
	});
	// It is awaited below; until then a failure of it must not count as unhandled.
	compared.catch(() => undefined);
	await connections.fetchMissing();
	await compared;
	await connections.fetchMissing();
}

function wrongBytes(order: FetchOrder, source: Source) {
	const { fileName, url } = order;
	return source.hasChanged ? failure('DOWNLOAD_CHANGED', { fileName }) : failure('DOWNLOAD_CORRUPT', { fileName, host: new URL(url).host });
}

/** Tells the progress several times a second, until what it returns is called. */
function tellProgress(part: PartFile, patience: Patience, tell: Ends['tell'], takeCame: () => number): () => void {
	const speedometer = new Speedometer();
	let hasBegun = false;
	const told = () => {
		const came = takeCame();
		hasBegun ||= came > 0;
		const bytesPerSecond = speedometer.tick(performance.now(), came);
		const { waiting } = patience;
		const phase = part.map.isComplete ? 'checking' : waiting ? 'waiting' : hasBegun ? 'downloading' : 'connecting';
		const progress: TransferProgress = {
			phase,
			bytesDone: part.map.doneBytes,
			bytesPerSecond: phase === 'downloading' ? bytesPerSecond : null,
			waiting: waiting && phase === 'waiting' ? { until: waiting.until, failure: toFailureRecord(waiting.failure, '') } : null,
		};
		tell({ kind: 'progress', progress });
	};
	const timer = setInterval(told, tellMs);
	return () => clearInterval(timer);
}
