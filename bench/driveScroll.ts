import type { CDPSession, Page } from '@playwright/test';

/** How a scroll went: frames a second over all of it, and the longest frame in milliseconds. */
export interface Scrolled {
	fps: number;
	longestMs: number;
	/** How far it went, in pixels. */
	distancePx: number;
}

const frames = 240;
/** What a quick turn of a wheel does in a frame. */
const stepPx = 80;

/** Scrolls what `selector` finds, or the nearest around it that scrolls: down where it is at the top, else up. Each step is taken by the frame before it. */
export async function driveScroll(page: Page, selector: string): Promise<Scrolled> {
	return page.evaluate<Scrolled>(`(async () => {
		let pane = document.querySelector(${JSON.stringify(selector)});
		while (pane && !(pane.scrollHeight > pane.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(pane).overflowY))) pane = pane.parentElement;
		if (!pane) throw new Error('nothing scrolls around ${selector}');
		const way = pane.scrollTop < 1 ? 1 : -1;
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		await frame();
		const first = await frame();
		let before = first;
		let longestMs = 0;
		let distancePx = 0;
		for (let at = 0; at < ${frames}; at++) {
			const from = pane.scrollTop;
			pane.scrollTop += way * ${stepPx};
			distancePx += Math.abs(pane.scrollTop - from);
			const now = await frame();
			longestMs = Math.max(longestMs, now - before);
			before = now;
		}
		return { fps: ${frames} / ((before - first) / 1000), longestMs, distancePx };
	})()`);
}

/** What is left in the page's heap after its garbage is gone, in bytes. */
export async function heapBytes(session: CDPSession): Promise<number> {
	await session.send('HeapProfiler.collectGarbage');
	return (await session.send('Runtime.getHeapUsage')).usedSize;
}
