import { type BrowserWindow, ipcMain, type MessagePortMain } from 'electron';
import type { Logger } from 'pino';
import type { Principal, Seat } from '../rpc/guard.ts';
import type { Connection, Wire } from '../rpc/serveCalls.ts';

/** Lets the answer to the call that signed somebody out go out first. */
const farewellMs = 250;
/** How often it is looked whether the time of a session ran out; everything else is told. */
const lookEveryMs = 30_000;

/** The window as a place that can be signed in at. */
export interface WindowSeat extends Seat {
	/** Who sits there now; null: nobody who is signed in. */
	principal(): Principal | null;
}

/**
 * Answers the calls of the window's page, over the port that its preload hands in; the app's only ipcMain listener.
 *
 * A port is taken from the main frame of the window, showing our own page, and from nobody else: any other port is closed unheard. One
 * over which somebody called who does not sit there any more is closed, so that nothing goes on for them: at once where that is told
 * or another calls, and within half a minute where the time of a session ran out. The page opens another.
 */
export function answerPorts(options: {
	window: () => BrowserWindow | null;
	origin: string;
	serve: (wire: Wire) => Connection;
	seat: WindowSeat;
	/** Calls the listener after anything has changed that decides who sits there. */
	onChange(listener: () => void): () => void;
	log: Pick<Logger, 'warn' | 'error'>;
}): void {
	ipcMain.on('homeroom:connect', (event) => {
		const window = options.window();
		const frame = event.senderFrame;
		const isOurs =
			window !== null &&
			!window.isDestroyed() &&
			frame !== null &&
			!frame.isDestroyed() &&
			event.sender === window.webContents &&
			frame === window.webContents.mainFrame;
		const [port, ...others] = event.ports;
		if (port !== undefined && others.length === 0 && isOurs && frame.origin === options.origin) {
			answer(port, options);
			return;
		}
		for (const refused of event.ports) refused.close();
		options.log.warn('a port from somewhere else than the page was refused');
	});
}

function answer(port: MessagePortMain, { serve, seat, onChange, log }: Parameters<typeof answerPorts>[0]): void {
	/** Who called first over this port; whatever runs on it is theirs. */
	let owner: Principal | null = null;
	let isLeaving = false;
	const principal = () => {
		const sits = seat.principal();
		owner ??= sits;
		if (owner !== null && (sits?.accountId !== owner.accountId || sits.role !== owner.role)) leave();
		return sits;
	};
	const connection = serve({ send: (frame) => port.postMessage(frame), principal, origin: 'window', seat, cutOff: () => port.close() });
	const look = () => {
		try {
			principal();
		} catch (error) {
			log.error({ err: error }, 'it could not be read who sits at the window');
		}
	};
	const stopListening = onChange(look);
	const looks = setInterval(look, lookEveryMs).unref();
	function leave(): void {
		if (isLeaving) return;
		isLeaving = true;
		setTimeout(() => {
			connection.close();
			port.close();
		}, farewellMs);
	}
	port.on('message', ({ data }) => connection.receive(toFrame(data)));
	port.on('close', () => {
		stopListening();
		clearInterval(looks);
		connection.close();
	});
	port.start();
}

/** Frames are texts or bytes; anything else is answered like a text that cannot be read. */
function toFrame(data: unknown): string | ArrayBuffer {
	if (typeof data === 'string' || data instanceof ArrayBuffer) return data;
	return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer : '';
}
