import { z } from 'zod';

const longestFrame = 64 * 2 ** 20;
// Plain values need no type notes; a host has no reason to send any.
const body = z.strictObject({ json: z.unknown().optional(), meta: z.array(z.never()).max(0).optional() });
const headers = z.strictObject({ 'content-type': z.literal('text/event-stream') });
const id = z.string().max(64);

/** The frames that oRPC's message-port handler sends: an answer, an event of a stream, the end of one. */
const frame = z.union([
	z.strictObject({ i: id, p: z.strictObject({ s: z.int().min(100).max(599).optional(), h: headers.optional(), b: body.optional() }) }),
	z.strictObject({ i: id, t: z.literal(3), p: z.strictObject({ e: z.enum(['message', 'error', 'done']), d: body.optional() }) }),
	z.strictObject({ i: id, t: z.literal(4) }),
]);

/**
 * Tells whether `text` is a frame that an engine host may send. oRPC's client assumes that frames are well formed; this is checked
 * first, so that a host gone wild can neither break the app nor reach a decoder it has no use for. What is inside an answer is
 * checked by the contract after that.
 */
export function isAnswerFrame(text: string): boolean {
	if (text.length > longestFrame) return false;
	try {
		return frame.safeParse(JSON.parse(text)).success;
	} catch {
		return false;
	}
}
