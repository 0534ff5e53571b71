import { countBreaks, whenConnected } from './client.ts';

/** What a watcher is told beside the value: `isFirst` marks the first value after the stream was (re)opened. */
export interface WatchMeta {
	isFirst: boolean;
}

/** What a stream needs to know of the connection; tests give their own. */
export interface WatchedConnection {
	ready(signal: AbortSignal): Promise<void>;
	breaks(): number;
	/** Lets a closing app close before it is asked again. */
	pause(): Promise<void>;
}

const pageConnection: WatchedConnection = {
	ready: whenConnected,
	breaks: countBreaks,
	pause: () => new Promise((resolve) => setTimeout(resolve, 500)),
};

/**
 * Follows a stream of the app until the returned function is called, and opens it anew after each lost connection.
 *
 * `open` is called again at each reopening, so it can go on from where the values stopped. `onEnd` is called once when the stream
 * came to its own end, `onError` once when the app refused it; neither is called after the returned function was.
 */
export function watchStream<T>(
	open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
	onValue: (value: T, meta: WatchMeta) => void,
	{ onError, onEnd, connection = pageConnection }: { onError?: (error: unknown) => void; onEnd?: () => void; connection?: WatchedConnection } = {},
): () => void {
	const stop = new AbortController();
	void follow();
	return () => stop.abort();

	async function follow(): Promise<void> {
		while (!stop.signal.aborted) {
			let breaksBefore = connection.breaks();
			try {
				await connection.ready(stop.signal);
				breaksBefore = connection.breaks();
				let isFirst = true;
				for await (const value of await open(stop.signal)) {
					if (stop.signal.aborted) return;
					onValue(value, { isFirst });
					isFirst = false;
				}
				if (!stop.signal.aborted) onEnd?.();
				return;
			} catch (error) {
				if (stop.signal.aborted) return;
				if (isClosing(error)) await connection.pause();
				else if (connection.breaks() === breaksBefore) {
					onError?.(error);
					return;
				}
			}
		}
	}
}

function isClosing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'SHUTTING_DOWN';
}
