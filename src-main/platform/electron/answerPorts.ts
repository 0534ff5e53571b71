import { type BrowserWindow, ipcMain, type MessagePortMain } from 'electron';
import type { Logger } from 'pino';
import type { Principal } from '../rpc/guard.ts';
import type { Connection, Wire } from '../rpc/serveCalls.ts';

/**
 * Answers the calls of the window's page, over the port that its preload hands in; the app's only ipcMain listener.
 *
 * A port is taken from the main frame of the window, showing our own page, and from nobody else: any other port is closed unheard.
 */
export function answerPorts(options: {
	window: () => BrowserWindow | null;
	origin: string;
	serve: (wire: Wire) => Connection;
	principal: () => Principal;
	log: Logger;
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
			answer(port, options.serve, options.principal);
			return;
		}
		for (const refused of event.ports) refused.close();
		options.log.warn('a port from somewhere else than the page was refused');
	});
}

function answer(port: MessagePortMain, serve: (wire: Wire) => Connection, principal: () => Principal): void {
	const connection = serve({ send: (frame) => port.postMessage(frame), principal, cutOff: () => port.close() });
	port.on('message', ({ data }) => connection.receive(toFrame(data)));
	port.on('close', () => connection.close());
	port.start();
}

/** Frames are texts or bytes; anything else is answered like a text that cannot be read. */
function toFrame(data: unknown): string | ArrayBuffer {
	if (typeof data === 'string' || data instanceof ArrayBuffer) return data;
	return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer : '';
}
