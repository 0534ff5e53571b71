import type { TFunction } from 'i18next';
import type { Format } from './format.ts';

/** What a failure says on screen. `details` are lines for those who want to know more, folded away. */
export interface FailureWords {
	code: string;
	sentence: string;
	details: string[];
}

/**
 * Turns anything that was thrown, or a failure record that was stored, into the reader's words by its code and data.
 *
 * What has no code of ours is a bug of this page: it says so, with the error's own text as a detail. `t` speaks `failures`.
 */
export function describeFailure(error: unknown, t: TFunction<'failures'>, format: Pick<Format, 'bytes' | 'duration' | 'number'>): FailureWords {
	const { code, data } = readFailure(error);
	if (code === null) {
		const detail = error instanceof Error ? error.message : String(error);
		return { code: 'UNKNOWN', sentence: t('UNKNOWN'), details: [detail] };
	}
	// Some reasons are words of a closed list and have a text each; others are sentences that stand in the text.
	const word = data.reason ?? data.what ?? data.kind;
	const reason = typeof word === 'string' && /^[a-zA-Z]+$/.test(word) ? word : 'text';
	// The texts are found by a code that only the app knows at run time; UNKNOWN stands in for one from a newer app.
	const sentence = t([`${code}.${reason}`, `${code}.text`, code, 'UNKNOWN'] as never, readable(data, format)) as string;
	return { code, sentence, details: detailsOf(code, data) };
}

function readFailure(error: unknown): { code: string | null; data: Record<string, unknown> } {
	if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return { code: null, data: {} };
	const data = 'data' in error && typeof error.data === 'object' && error.data !== null ? { ...error.data } : {};
	return { code: error.code, data };
}

/** The values as they stand in a sentence: bytes and times get their units, lists become one line. */
function readable(data: Record<string, unknown>, format: Pick<Format, 'bytes' | 'duration' | 'number'>): Record<string, string> {
	const entries = Object.entries(data).map(([key, value]): [string, string] => {
		if (typeof value === 'number') {
			if (key === 'port') return [key, String(value)];
			if (key.endsWith('Bytes')) return [key, format.bytes(value)];
			if (key.endsWith('Ms')) return [key, format.duration(value)];
			return [key, format.number(value)];
		}
		if (Array.isArray(value)) return [key, value.filter((item) => typeof item === 'string').join(', ')];
		return [key, value === null ? '' : String(value)];
	});
	return Object.fromEntries(entries);
}

function detailsOf(code: string, data: Record<string, unknown>): string[] {
	if (code === 'INVALID_INPUT' && Array.isArray(data.issues)) {
		return data.issues.map((issue: { path?: unknown; message?: unknown }) => `${String(issue.path ?? '')}: ${String(issue.message ?? '')}`);
	}
	const lines = Array.isArray(data.lastLines) ? data.lastLines : [];
	return [data.detail, ...lines].filter((line) => typeof line === 'string' && line !== '');
}
