import { expect, test } from 'vitest';
import { placeWindow } from './placeWindow.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const second = { x: 1440, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width: number, height: number) => ({ bounds: { x, y, width, height }, isMaximized: false });

test('the window opens where it was as long as its title bar can be reached there, and never larger than its screen', () => {
	expect({
		first: placeWindow(null, [laptop]),
		'first on a small screen': placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }]),
		again: placeWindow(at(100, 100, 1000, 700), [laptop]),
		'on the second screen': placeWindow(at(1600, 50, 1000, 700), [laptop, second]),
		'second screen gone': placeWindow(at(1600, 50, 1000, 700), [laptop]),
		'above every screen': placeWindow(at(100, -200, 1000, 700), [laptop]),
		'almost out to the right': placeWindow(at(1400, 100, 1000, 700), [laptop]),
		'half out to the left': placeWindow(at(-500, 100, 1000, 700), [laptop]),
		'larger than the screen': placeWindow(at(0, 25, 3000, 2000), [laptop]),
		'smaller than the smallest': placeWindow(at(10, 30, 20, 20), [laptop]),
	}).toEqual({
		first: { width: 1280, height: 800 },
		'first on a small screen': { width: 1024, height: 600 },
		again: { x: 100, y: 100, width: 1000, height: 700 },
		'on the second screen': { x: 1600, y: 50, width: 1000, height: 700 },
		'second screen gone': { width: 1000, height: 700 },
		'above every screen': { width: 1000, height: 700 },
		'almost out to the right': { width: 1000, height: 700 },
		'half out to the left': { x: -500, y: 100, width: 1000, height: 700 },
		'larger than the screen': { x: 0, y: 25, width: 1440, height: 875 },
		'smaller than the smallest': { x: 10, y: 30, width: 720, height: 480 },
	});
});
