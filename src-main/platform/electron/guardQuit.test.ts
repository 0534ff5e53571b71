import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import { guardQuit } from './guardQuit.ts';

const { app, powerMonitor, dialog, asked } = vi.hoisted(() => {
	// Electron is there in its own program alone.
	const listeners = () => {
		const all = new Map<string, (event: unknown) => void>();
		return {
			on: (name: string, listener: (event: unknown) => void) => all.set(name, listener),
			emit: (name: string, event?: unknown) => all.get(name)?.(event),
		};
	};
	const asked: { buttons: string[]; answer: number }[] = [];
	const dialog = {
		answer: 0,
		showMessageBoxSync: (...args: unknown[]) => {
			asked.push({ buttons: (args.at(-1) as { buttons: string[] }).buttons, answer: dialog.answer });
			return dialog.answer;
		},
	};
	return { app: { ...listeners(), getPreferredSystemLanguages: () => ['en'] }, powerMonitor: listeners(), dialog, asked };
});
vi.mock('electron', () => ({ app, powerMonitor, dialog }));

let isWorking: boolean;
let hidden: number;
let window: EventEmitter;

beforeEach(() => {
	vi.useFakeTimers();
	asked.length = 0;
	isWorking = true;
	hidden = 0;
	window = Object.assign(new EventEmitter(), { isDestroyed: () => false, isVisible: () => hidden === 0, hide: () => hidden++ });
	// The little of a window that is looked at.
	guardQuit(window as unknown as Electron.BrowserWindow, () => isWorking);
	return () => vi.useRealTimers();
});

/** Whether it goes on. */
function happens(emitter: { emit(name: string, event: unknown): unknown }, name: string): boolean {
	let goesOn = true;
	emitter.emit(name, {
		preventDefault: () => {
			goesOn = false;
		},
	});
	return goesOn;
}

test('nobody is asked while nothing runs', () => {
	isWorking = false;
	expect([happens(window, 'close'), happens(app, 'before-quit'), asked]).toEqual([true, true, []]);
});

test('a window that is closed while work runs is hidden, closed, or stays, as the person says', () => {
	dialog.answer = 0;
	expect([happens(window, 'close'), hidden]).toEqual([false, 1]);
	dialog.answer = 2;
	expect([happens(window, 'close'), hidden]).toEqual([false, 1]);
	dialog.answer = 1;
	expect([happens(window, 'close'), hidden]).toEqual([true, 1]);
	expect(asked[0]?.buttons).toEqual(['Go on without a window', 'Quit', 'Cancel']);
});

test('whoever agreed to quit is asked once, and anew where a page kept its window open', () => {
	dialog.answer = 1;
	expect(happens(app, 'before-quit')).toBe(false);
	dialog.answer = 0;
	expect([happens(app, 'before-quit'), happens(window, 'close'), happens(app, 'before-quit')]).toEqual([true, true, true]);
	expect(asked.map(({ buttons }) => buttons)).toEqual([
		['Quit', 'Stay'],
		['Quit', 'Stay'],
	]);
	vi.advanceTimersByTime(10_000);
	happens(app, 'before-quit');
	expect(asked).toHaveLength(3);
});

test('a system that shuts down waits for no answer', () => {
	powerMonitor.emit('shutdown');
	expect([happens(app, 'before-quit'), happens(window, 'close'), asked]).toEqual([true, true, []]);
});
