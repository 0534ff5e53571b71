import { type ErrorCode, isFailure } from '#contract/errors.ts';

/** With these a request fails wherever it goes. */
const ofRequest: readonly ErrorCode[] = [
	'INVALID_INPUT',
	'FORBIDDEN',
	'INSUFFICIENT_TOKENS',
	'BAD_GRAMMAR',
	'ADAPTER_MISSING',
	'ADAPTER_INVALID',
	'ADAPTER_UNFIT',
	'SHUTTING_DOWN',
];
/** With these a target does well what is asked of it, and another may still do more. */
const ofNobody: readonly ErrorCode[] = ['PROMPT_TOO_LONG', 'TOOLS_UNSUPPORTED', 'OFFLINE'];

/**
 * Whose fault it is that a target did not answer. `request`: no other would fare better; `nobody`: another may, and the target is none the
 * worse; `target`: another may, and the target is to be left alone when it goes on so. A bug counts as the target's: it may be that of a
 * server elsewhere.
 */
export function faultOf(error: unknown): 'request' | 'nobody' | 'target' {
	if (!isFailure(error)) return 'target';
	if (ofRequest.includes(error.code)) return 'request';
	// Its server is well, and does not like what was asked; an address that is wrong is another thing.
	if (isFailure(error, 'BACKEND_REFUSED') && (error.data.reason === 'request' || error.data.reason === 'withheld')) return 'nobody';
	return ofNobody.includes(error.code) ? 'nobody' : 'target';
}

/** How long a target asked to be left alone; 0 where it did not. */
export function askedPauseMs(error: unknown): number {
	return isFailure(error, 'RATE_LIMITED') || isFailure(error, 'TOO_BUSY') ? error.data.retryAfterMs : 0;
}
