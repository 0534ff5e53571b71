import { createHash } from 'node:crypto';

/** SHA-256, in hex: what is kept in the place of a secret, and what it is found by. */
export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
