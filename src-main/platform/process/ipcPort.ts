/** What oRPC's message-port adapters talk to: one end of a channel that carries strings. */
export interface IpcPort {
	postMessage(message: string): void;
	on(event: string, listener: (event?: { data: unknown }) => void): void;
}

/** The part of `ChildProcess` and of `process` (inside a child) that carries messages. */
interface IpcEnd {
	send?: ((message: string, callback: (error: Error | null) => void) => boolean) | undefined;
	on(event: 'message', listener: (message: unknown) => void): unknown;
	on(event: 'disconnect', listener: () => void): unknown;
	connected?: boolean;
}

/**
 * Dresses one end of a child process's IPC channel as the message port that oRPC wants.
 *
 * Only strings pass, in both directions; the channel's own format is JSON, so nothing but text of the other side is ever parsed.
 * Sending into a closed channel is silently dropped: `close` tells.
 */
export function ipcPort(end: IpcEnd): IpcPort {
	return {
		postMessage(message) {
			if (end.connected) end.send?.(message, () => {});
		},
		on(event, listener) {
			if (event === 'close') end.on('disconnect', () => listener());
			if (event !== 'message') return;
			end.on('message', (data) => {
				if (typeof data === 'string') listener({ data });
			});
		},
	};
}
