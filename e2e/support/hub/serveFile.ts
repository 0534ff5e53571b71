import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** How a server misserves a file. `byte` and `afterBytes` count from the start of the body of one answer, `at` from the start of the file. */
export type Fault =
	/** The connection is cut. */
	| { kind: 'dropAt'; byte: number }
	| { kind: 'refuses' }
	| { kind: 'ignoresRange' }
	/** Says another ETag and, where `bytes` are given, sends others. */
	| { kind: 'changesEtag'; etag: string; bytes?: ServedBytes }
	/** Ends early: with the connection cut short of the length it named, or with no length named and an end that looks well. */
	| { kind: 'truncates'; byte: number; namesLength: boolean }
	/** One byte is another. */
	| { kind: 'wrongBytes'; at: number }
	/** The page of a network that wants a sign-in, whatever is asked for. */
	| { kind: 'htmlPage' }
	/** `from`: names a range other than the one asked for; `size`: another length of the file. */
	| { kind: 'wrongContentRange'; part: 'from' | 'size' | 'missing' }
	| { kind: 'status416' }
	| { kind: 'gzip' }
	| { kind: 'stall'; afterBytes: number }
	/** A little at a time. */
	| { kind: 'slow'; pieceBytes: number; everyMs: number }
	/** Goes on after the end. */
	| { kind: 'overlong'; extraBytes: number }
	| { kind: 'tooMany'; retryAfterSeconds: number }
	| { kind: 'status'; status: 401 | 403 | 404 | 500 | 502 | 503 }
	/** To itself again and again, or to an address. */
	| { kind: 'redirect'; to: 'itself' | (string & {}) };

/** Bytes to serve: all of them, or made when they are asked for. `read` gives those from `start` up to `end`. */
export type ServedBytes = Buffer | { sizeBytes: number; read(start: number, end: number): Buffer };

interface Served {
	bytes: ServedBytes;
	/** With its quotes. */
	etag: string;
	fault?: Fault | null;
	/** Told the bytes of the body as they are handed to the system. */
	onSent?: ((bytes: number) => void) | undefined;
}

const pieceBytes = 512 * 1024;

/**
 * Answers one request for a file as servers of big files do, with ranges, `If-Range`, ETag and HEAD, or misserves it as `fault` says.
 *
 * By RFC 9110, 14 (https://www.rfc-editor.org/rfc/rfc9110#section-14): one range is answered with 206, one past the end with 416, and
 * an `If-Range` that does not match with the whole file.
 */
export function serveFile(request: IncomingMessage, response: ServerResponse, served: Served): void {
	const { fault = null } = served;
	if (fault && answerInstead(request, response, fault)) return;
	const changed = fault?.kind === 'changesEtag' ? fault : null;
	const bytes = changed?.bytes ?? served.bytes;
	const etag = changed?.etag ?? served.etag;
	const sizeBytes = sizeOf(bytes);
	const asked = fault?.kind === 'ignoresRange' ? null : readRange(request, etag, sizeBytes);
	if (asked === 'none' || fault?.kind === 'status416') {
		response.writeHead(416, { 'content-range': `bytes */${sizeBytes}`, 'content-length': 0 }).end();
		return;
	}
	const { start, end } = asked ?? { start: 0, end: sizeBytes };
	const headers: Record<string, string> = {
		etag,
		'content-type': 'application/octet-stream',
		...(fault?.kind === 'ignoresRange' ? {} : { 'accept-ranges': 'bytes' }),
		...(asked ? contentRange(start, end, sizeBytes, fault) : {}),
		...lengthHeader(start, end, fault),
	};
	response.writeHead(asked ? 206 : 200, headers);
	if (request.method === 'HEAD') response.end();
	else void sendBody(response, { bytes, start, end, fault, onSent: served.onSent });
}

/** Answers the faults that send nothing of the file; tells whether it did. */
function answerInstead(request: IncomingMessage, response: ServerResponse, fault: Fault): boolean {
	switch (fault.kind) {
		case 'refuses':
			response.destroy();
			return true;
		case 'htmlPage':
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Sign in to this network</title>');
			return true;
		case 'gzip':
			response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' }).end(gzipSync('not what was asked for'));
			return true;
		case 'tooMany':
			response.writeHead(429, { 'retry-after': String(fault.retryAfterSeconds), 'content-length': 0 }).end();
			return true;
		case 'status':
			response.writeHead(fault.status, { 'content-length': 0 }).end();
			return true;
		case 'redirect':
			response.writeHead(302, { location: fault.to === 'itself' ? (request.url ?? '/') : fault.to, 'content-length': 0 }).end();
			return true;
		default:
			return false;
	}
}

/** The range asked for, its end not included; null for the whole file, `none` for one that the file does not have. */
function readRange(request: IncomingMessage, etag: string, sizeBytes: number): { start: number; end: number } | 'none' | null {
	const condition = request.headers['if-range'];
	const found = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
	if (!found || (condition !== undefined && condition !== etag)) return null;
	const start = Number(found[1]);
	const end = found[2] ? Math.min(Number(found[2]) + 1, sizeBytes) : sizeBytes;
	return start < end ? { start, end } : 'none';
}

function contentRange(start: number, end: number, sizeBytes: number, fault: Fault | null): Record<string, string> {
	const wrong = fault?.kind === 'wrongContentRange' ? fault.part : null;
	if (wrong === 'missing') return {};
	const from = wrong === 'from' ? start + 1 : start;
	return { 'content-range': `bytes ${from}-${end - 1}/${wrong === 'size' ? sizeBytes + 1 : sizeBytes}` };
}

function lengthHeader(start: number, end: number, fault: Fault | null): Record<string, string> {
	const unnamed = fault?.kind === 'overlong' || (fault?.kind === 'truncates' && !fault.namesLength);
	return unnamed ? {} : { 'content-length': String(end - start) };
}

async function sendBody(
	response: ServerResponse,
	body: { bytes: ServedBytes; start: number; end: number; fault: Fault | null; onSent?: Served['onSent'] },
): Promise<void> {
	const { start, fault } = body;
	const end = Math.min(body.end, start + sentOf(fault));
	for (let at = start; at < end && !response.destroyed; ) {
		const upTo = Math.min(end, at + (fault?.kind === 'slow' ? fault.pieceBytes : pieceBytes));
		const piece = read(body.bytes, at, upTo, fault);
		const takesMore = response.write(piece);
		body.onSent?.(piece.length);
		if (!takesMore) await drained(response);
		if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.everyMs));
		at = upTo;
	}
	if (fault?.kind === 'stall') return;
	if (fault?.kind === 'overlong') response.end(Buffer.alloc(fault.extraBytes, 0x2e));
	else if (fault?.kind === 'dropAt' || (fault?.kind === 'truncates' && fault.namesLength)) dropAfterSending(response);
	else response.end();
}

function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const goOn = () => {
			response.off('drain', goOn).off('close', goOn);
			resolve();
		};
		response.on('drain', goOn).on('close', goOn);
	});
}

/** Cuts the connection once what was written has left. */
function dropAfterSending(response: ServerResponse): void {
	if (response.socket) response.socket.end();
	else response.destroy();
}

/** Bytes of the body that a fault lets through. */
function sentOf(fault: Fault | null): number {
	switch (fault?.kind) {
		case 'dropAt':
		case 'truncates':
			return fault.byte;
		case 'stall':
			return fault.afterBytes;
		default:
			return Number.POSITIVE_INFINITY;
	}
}

function sizeOf(bytes: ServedBytes): number {
	return Buffer.isBuffer(bytes) ? bytes.length : bytes.sizeBytes;
}

function read(bytes: ServedBytes, start: number, end: number, fault: Fault | null): Buffer {
	const piece = Buffer.isBuffer(bytes) ? bytes.subarray(start, end) : bytes.read(start, end);
	if (fault?.kind !== 'wrongBytes' || fault.at < start || fault.at >= end) return piece;
	const wrong = Buffer.from(piece);
	wrong[fault.at - start] = (wrong[fault.at - start] ?? 0) ^ 0x01;
	return wrong;
}
