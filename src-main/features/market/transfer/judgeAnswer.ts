import { type Failure, failure } from '#contract/errors.ts';
import { readRetryAfter } from '../../../platform/network/readRetryAfter.ts';

/** What was asked for: a range (`end` not included), or the whole file. */
export interface Asked {
	range: { start: number; end: number } | null;
	sizeBytes: number;
	fileName: string;
	/** The ETag that was sent as `If-Range`. */
	ifRange: string | null;
}

export interface Answer {
	status: number;
	headers: Record<string, string | undefined>;
	host: string;
	/** It came from another address than the one asked, after a redirect. */
	wasRedirected: boolean;
}

/**
 * `range`: the bytes asked for follow. `whole`: those of the whole file do. `changed`: the file has another ETag now; ask again
 * without the old one. `rangeRefused`: ask for the whole file. `passing`: may go better another time. `refused`: it will not.
 */
export type AnswerVerdict = { kind: 'range' | 'whole' | 'changed' | 'rangeRefused' | 'refused' } | { kind: 'passing'; failure: Failure; afterMs: number };

/** Statuses that say that an address has expired, where it was one that a redirect led to. */
const expired: ReadonlySet<number> = new Set([401, 403, 404, 410]);
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** Says what an answer to a request for (part of) a file is good for, from its status and headers alone (RFC 9110, 14 and 15). */
export function judgeAnswer(asked: Asked, answer: Answer): AnswerVerdict {
	const { status, headers, host } = answer;
	const passingVerdict = (of: Failure): AnswerVerdict => ({ kind: 'passing', failure: of, afterMs: readRetryAfter(headers['retry-after'], Date.now()) });
	const confused = (what: string) => passingVerdict(failure('SERVER_CONFUSED', { host, what }));
	const changed = () => passingVerdict(failure('DOWNLOAD_CHANGED', { fileName: asked.fileName }));
	if (status === 429) return passingVerdict(failure('RATE_LIMITED', { host, retryAfterMs: readRetryAfter(headers['retry-after'], Date.now()) }));
	if (status >= 500 || passing.has(status)) return passingVerdict(failure('SERVER_FAILED', { host, status }));
	if (expired.has(status) && answer.wasRedirected) return passingVerdict(failure('SERVER_FAILED', { host, status }));
	const packing = headers['content-encoding'] ?? 'identity';
	if (packing !== 'identity') return confused(packing);
	if (status === 206) return judgePart(asked, headers['content-range'], { confused, changed });
	if (status === 416 && asked.range)
		return totalOf(headers['content-range']) === asked.sizeBytes || headers['content-range'] === undefined ? { kind: 'rangeRefused' } : changed();
	if (status === 200) return judgeWhole(asked, headers, { confused, changed });
	return status >= 400 ? { kind: 'refused' } : confused(`status ${status}`);
}

interface Verdicts {
	confused(what: string): AnswerVerdict;
	changed(): AnswerVerdict;
}

function judgePart({ range, sizeBytes }: Asked, contentRange: string | undefined, say: Verdicts): AnswerVerdict {
	const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(contentRange ?? '');
	if (!range || !found) return say.confused(`status 206, ${contentRange ?? 'no range'}`);
	if (found[3] !== '*' && Number(found[3]) !== sizeBytes) return say.changed();
	// A server may send less than was asked for; the rest is asked for after it.
	return Number(found[1]) === range.start ? { kind: 'range' } : say.confused(contentRange ?? '');
}

function judgeWhole({ range, sizeBytes, ifRange }: Asked, headers: Answer['headers'], say: Verdicts): AnswerVerdict {
	const length = headers['content-length'];
	const isPage = /^text\/html/i.test(headers['content-type'] ?? '');
	if (isPage) return say.confused('text/html');
	if (length !== undefined && Number(length) !== sizeBytes) return say.changed();
	if (range && ifRange !== null && headers.etag !== undefined && headers.etag !== ifRange) return { kind: 'changed' };
	return { kind: 'whole' };
}

function totalOf(contentRange: string | undefined): number | null {
	const found = /^bytes \*\/(\d+)$/.exec(contentRange ?? '');
	return found ? Number(found[1]) : null;
}

/** The ETag of an answer where it is a strong one, which alone may be used for ranges (RFC 9110, 13.1.5); else null. */
export function strongEtag(headers: Answer['headers']): string | null {
	const { etag } = headers;
	return etag !== undefined && /^"[^"]*"$/.test(etag) ? etag : null;
}
