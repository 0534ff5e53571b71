import type { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';

/** One of them, all equally likely. */
export function draw<T>(random: RandomStream, items: readonly T[]): T {
	const item = items[random.below(items.length)];
	if (item === undefined) throw new RangeError('There is nothing to draw from');
	return item;
}

/** True in so many of 100 cases. */
export function chance(random: RandomStream, percent: number): boolean {
	return random.below(100) < percent;
}

/** Whether a text is one of those that are kept from the training, about one in `share`, to see what was understood and not learnt by heart. */
export function isHeldOut(text: string, share: number): boolean {
	let hash = 0x811c9dc5;
	for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	return (hash >>> 8) % share === 0;
}
