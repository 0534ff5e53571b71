import { z } from 'zod';

const rectangle = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() });

/** Where the window was when it was last closed, in device-independent pixels. */
export const windowState = z.object({ bounds: rectangle, isMaximized: z.boolean() });
export type WindowState = z.infer<typeof windowState>;
export type Rectangle = z.infer<typeof rectangle>;

export const smallestWindow = { width: 720, height: 480 };
const firstWindow = { width: 1280, height: 800 };
/** So much of the title bar must be on a screen for a hand to reach it. */
const reachable = { width: 120, height: 32 };

/**
 * Decides where the window opens: where it was, if its title bar can be reached on one of the screens there are now and it fits
 * there, else in the middle of the first screen (`x` and `y` left out), never larger than that screen.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]): { x?: number; y?: number; width: number; height: number } {
	const main = workAreas[0] ?? { x: 0, y: 0, ...firstWindow };
	if (saved === null) return { width: Math.min(firstWindow.width, main.width), height: Math.min(firstWindow.height, main.height) };
	const { x, y } = saved.bounds;
	const width = Math.max(saved.bounds.width, smallestWindow.width);
	const height = Math.max(saved.bounds.height, smallestWindow.height);
	const screen = workAreas.find(
		(area) => Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= reachable.width && y >= area.y && y + reachable.height <= area.y + area.height,
	);
	if (screen === undefined) return { width: Math.min(width, main.width), height: Math.min(height, main.height) };
	return { x, y, width: Math.min(width, screen.width), height: Math.min(height, screen.height) };
}
