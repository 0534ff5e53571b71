import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net, { type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Principal } from '../rpc/guard.ts';
import type { Connection, Wire } from '../rpc/serveCalls.ts';
import type { IpcPort } from './ipcPort.ts';

/** What the file says: where the door is, and what opens it. */
const sign = z.strictObject({ address: z.string().max(1000), key: z.string().max(200) });

/** The most that one call holds, in letters. */
const longestFrame = 1_048_576;
/** Before it has shown the key. */
const longestKey = 200;
const knockMs = 10_000;
const mostConnections = 16;

interface DoorOptions {
	/** Where it is written how to come in; readable by this user of the system alone (mode 600). */
	file: string;
	serve: (wire: Wire) => Connection;
	/** Whom the calls are made for, asked anew each time; null: nobody yet. */
	principal(): Principal | null;
	/** How the audit log names where the calls come from. */
	origin: string;
	log: Pick<Logger, 'warn'>;
}

/**
 * A way into the running app for another process of the same user of the system: a socket in a folder that is this user's alone (on Windows a named
 * pipe), opened by a key that is another one at each start. It is no port: no page and no other machine reaches it.
 *
 * Whoever can read the file has the data folder, and with it the database: it opens nothing that was closed. Where the system gives no socket, the
 * log is told, and there is none.
 */
export class LocalDoor {
	readonly #options: DoorOptions;
	readonly #server: net.Server;
	readonly #sockets = new Set<Socket>();
	/** The folder of the socket; null on Windows, where pipes have none. */
	readonly #folder: string | null;

	constructor(options: DoorOptions) {
		this.#options = options;
		this.#folder = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), 'homeroom-'));
		const address = this.#folder === null ? `\\\\.\\pipe\\homeroom-${randomUUID()}` : join(this.#folder, 'door');
		const key = randomBytes(32).toString('base64url');
		this.#server = net.createServer((socket) => this.#receive(socket, key));
		this.#server.maxConnections = mostConnections;
		this.#server.on('error', (error) => options.log.warn({ err: error }, 'the command line cannot be let in'));
		this.#server.listen(address, () => this.#tell({ address, key }));
	}

	close(): void {
		rmSync(this.#options.file, { force: true });
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
		if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
	}

	#tell(told: z.infer<typeof sign>): void {
		const { file, log } = this.#options;
		const part = `${file}.${randomUUID()}`;
		try {
			writeFileSync(part, JSON.stringify(told), { mode: 0o600, flag: 'wx' });
			renameSync(part, file);
		} catch (error) {
			log.warn({ err: error }, 'the command line cannot be let in');
		}
	}

	/** Hears who comes in: the key first, then calls, a line each. */
	#receive(socket: Socket, key: string): void {
		const { serve, principal, origin } = this.#options;
		let connection: Connection | null = null;
		const cutOff = () => void socket.destroy();
		const wire: Wire = {
			// What is called here answers with text alone.
			send: (frame) => (typeof frame === 'string' ? sendLine(socket, frame) : cutOff()),
			...{ principal, origin, cutOff },
			hold: (held) => void (held ? socket.pause() : socket.resume()),
		};
		const knocking = setTimeout(cutOff, knockMs).unref();
		this.#sockets.add(socket);
		socket.on('error', cutOff);
		socket.once('close', () => {
			clearTimeout(knocking);
			this.#sockets.delete(socket);
			connection?.close();
		});
		const limit = () => (connection === null ? longestKey : longestFrame);
		onLines(socket, limit, (line) => {
			if (connection !== null) return connection.receive(line);
			if (!isSame(line, key)) return cutOff();
			clearTimeout(knocking);
			connection = serve(wire);
		});
	}
}

/**
 * Comes in by the door that `file` tells of, as the other end of its calls; null where there is none, where nobody opens, and where the file is not
 * this user's alone.
 */
export async function enterBy(file: string): Promise<{ port: IpcPort; close(): void } | null> {
	const told = readSign(file);
	if (told === null) return null;
	const socket = net.connect(told.address);
	const isOpen = await new Promise<boolean>((resolve) => {
		socket.once('connect', () => resolve(true));
		socket.on('error', () => resolve(false));
	});
	if (!isOpen) return null;
	void sendLine(socket, told.key);
	const port: IpcPort = {
		postMessage: (message) => void sendLine(socket, message),
		on(event, listener) {
			if (event === 'close') socket.once('close', () => listener());
			if (event === 'message')
				onLines(
					socket,
					() => Number.POSITIVE_INFINITY,
					(data) => listener({ data }),
				);
		},
	};
	return { port, close: () => socket.destroy() };
}

/** A file that others could have written or read is not believed. */
function readSign(file: string): z.infer<typeof sign> | null {
	const stats = lstatSync(file, { throwIfNoEntry: false });
	if (!stats?.isFile()) return null;
	if (process.platform !== 'win32' && (stats.uid !== process.getuid?.() || (stats.mode & 0o077) !== 0)) return null;
	try {
		return sign.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		return null;
	}
}

/** Sends a frame as a line of JSON; settles once the system has taken it. */
function sendLine(socket: Socket, frame: string): Promise<void> {
	return new Promise((resolve) => {
		if (socket.writable) socket.write(`${JSON.stringify(frame)}\n`, () => resolve());
		else resolve();
	});
}

/** Hands each frame on; one that is longer than `limit` letters, or no line of ours, ends the connection. */
function onLines(socket: Socket, limit: () => number, take: (frame: string) => void): void {
	let rest = '';
	socket.setEncoding('utf8');
	socket.on('data', (text: string) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			const frame = socket.destroyed || line.length > limit() ? null : frameOf(line);
			if (frame === null) return void socket.destroy();
			take(frame);
		}
		if (rest.length > limit()) socket.destroy();
	});
}

function frameOf(line: string): string | null {
	try {
		const frame: unknown = JSON.parse(line);
		return typeof frame === 'string' ? frame : null;
	} catch {
		return null;
	}
}

function isSame(given: string, key: string): boolean {
	const [one, other] = [Buffer.from(given), Buffer.from(key)];
	return one.length === other.length && timingSafeEqual(one, other);
}
