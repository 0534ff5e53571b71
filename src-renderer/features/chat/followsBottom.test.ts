import { expect, test } from 'vitest';
import { followsBottom } from './followsBottom.ts';

const place = (top: number, height = 1000) => ({ top, height, viewHeight: 400 });

test('goes on following while the text grows under a pane that does not move', () => {
	expect(followsBottom(true, 600, place(600, 1200))).toBe(true);
});

test('lets go when the reader scrolls up and stays let go until the end is reached again', () => {
	expect(followsBottom(true, 600, place(500))).toBe(false);
	expect(followsBottom(false, 500, place(540))).toBe(false);
	expect(followsBottom(false, 540, place(580))).toBe(true);
});
