import { createHash } from 'node:crypto';

/** A mark that is not in the text, and that its writer could not have known; the same text always gets the same one. */
export function fenceFor(text: string): string {
	for (let salt = 0; ; salt++) {
		const fence = `=====${createHash('sha256').update(`${salt} ${text}`).digest('hex').slice(0, 12)}=====`;
		if (!text.includes(fence)) return fence;
	}
}
