import { type Failure, failure } from '#contract/errors.ts';
import type { NetworkResponse } from '../../platform/network/NetworkResponse.ts';
import { readRetryAfter } from '../../platform/network/readRetryAfter.ts';
import { shorten } from './remoteNames.ts';

const shortBytes = 16 * 1024;

/**
 * Puts an answer that is no success into the failure that people read; its body is used up.
 *
 * How Hugging Face tells one 401 from another is written in huggingface_hub, utils/_http.py (hf_raise_for_status): by `X-Error-Code`,
 * and a bad token by a sentence. No address that the server names for signing in is ever gone to.
 */
export async function refusalOf(response: NetworkResponse, asked: { name: string; hasToken: boolean; now: number }): Promise<Failure> {
	const { status, headers, host } = response;
	const name = shorten(asked.name);
	if (status === 429) {
		response.discard();
		return failure('RATE_LIMITED', { host, retryAfterMs: readRetryAfter(headers['retry-after'], asked.now) });
	}
	const code = headers['x-error-code'];
	const said = headers['x-error-message'] ?? (status === 401 ? await response.text(shortBytes).catch(() => '') : '');
	response.discard();
	if (code === 'GatedRepo') return failure('GATED', { name, reason: asked.hasToken ? 'notGranted' : 'tokenNeeded' });
	if (status === 401 && asked.hasToken && /invalid credentials|invalid username or password/i.test(said)) return failure('TOKEN_INVALID', { host });
	// Who may not see a thing is told that it is not there.
	if (status === 401 || status === 403 || status === 404 || status === 410) return failure('REMOTE_NOT_FOUND', { host, name });
	return failure('SERVER_FAILED', { host, status });
}
