import net from 'node:net';

/** What came back of a request, as it was on the wire. */
export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** Sends bytes as they are to a server on this machine, and gives what came until it closed; null where it closed without a word. */
export async function askRaw(port: number, request: string | Uint8Array, host = '127.0.0.1'): Promise<RawAnswer | null> {
	const socket = net.connect(port, host);
	const chunks: Buffer[] = [];
	socket.on('data', (chunk) => chunks.push(chunk));
	socket.write(request);
	await new Promise<void>((resolve) => socket.once('close', () => resolve()).on('error', () => {}));
	const text = Buffer.concat(chunks).toString('utf8');
	const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(text);
	if (!head) return null;
	const headers = Object.fromEntries(
		(head[2] ?? '').split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
	);
	return { status: Number(head[1]), headers, body: head[3] ?? '' };
}

/** A request without a body that closes its connection, with exactly these headers. */
export function rawRequest(line: string, headers: readonly string[]): string {
	return `${line} HTTP/1.1\r\n${headers.map((header) => `${header}\r\n`).join('')}connection: close\r\n\r\n`;
}
