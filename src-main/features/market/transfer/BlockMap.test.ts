import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockMap, type Segment } from './BlockMap.ts';

const blockBytes = 16;

test('hands out every byte of what is missing once, whatever is taken, split, given back and lost on the way', () => {
	const acts = fc.array(fc.record({ act: fc.constantFrom('take', 'advance', 'giveBack'), which: fc.nat(9), bytes: fc.integer({ min: 1, max: 40 }) }), {
		maxLength: 60,
	});
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 400 }), acts, (sizeBytes, chosen) => {
			const bytes = randomBytes(sizeBytes);
			const map = new BlockMap(sizeBytes, blockBytes);
			const running: Segment[] = [];
			const advance = (segment: Segment, most: number) => {
				const piece = bytes.subarray(segment.position, Math.min(segment.position + most, segment.end));
				for (const { block, sum } of map.advance(segment, piece)) {
					expect(sum).toBe(crc32(bytes.subarray(block * blockBytes, (block + 1) * blockBytes)));
					map.finish({ block, sum });
				}
			};
			const act = (name: string, which: number, count: number) => {
				const segment = running[which % Math.max(1, running.length)];
				if (name === 'take') running.push(...[map.take(count, 2 * blockBytes)].filter((taken) => taken !== null));
				else if (segment && name === 'advance') advance(segment, count);
				else if (segment) map.giveBack(running.splice(running.indexOf(segment), 1)[0] ?? segment);
			};
			for (const { act: name, which, bytes: count } of chosen) act(name, which, count);
			for (const segment of running) {
				for (const other of running) if (other !== segment) expect(other.position >= segment.end || other.end <= segment.position).toBe(true);
			}
			for (const segment of running) map.giveBack(segment);
			for (let segment = map.take(64, 0); segment; segment = map.take(64, Number.POSITIVE_INFINITY)) {
				advance(segment, 64);
				map.giveBack(segment);
			}
			expect([map.isComplete, map.doneBytes, map.frontBytes]).toEqual([true, sizeBytes, sizeBytes]);
		}),
	);
});
