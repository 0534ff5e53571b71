import type { Page } from '@playwright/test';

/** For the page: what moves for longer than a hundredth of a second, or would at its next change. */
const look = `(() => {
	const most = 10;
	const told = new Set();
	const named = (element) => element.tagName.toLowerCase() + [...element.classList].filter((name) => name.startsWith('Mui')).slice(0, 2).map((name) => '.' + name).join('');
	const longest = (durations) => Math.max(...durations.split(',').map((each) => parseFloat(each) * (each.trim().endsWith('ms') ? 1 : 1000)));
	for (const animation of document.getAnimations()) {
		const { duration, iterations } = animation.effect.getComputedTiming();
		if (animation.playState === 'running' && duration * iterations > most) told.add(named(animation.effect.target) + ' is moving');
	}
	for (const element of document.querySelectorAll('body, body *')) {
		const style = getComputedStyle(element);
		if (longest(style.transitionDuration) > most) told.add(named(element) + ' changes slowly');
		if (style.animationName !== 'none' && (longest(style.animationDuration) > most || style.animationIterationCount === 'infinite')) told.add(named(element) + ' moves');
		if (style.scrollBehavior === 'smooth') told.add(named(element) + ' scrolls slowly');
	}
	return [...told];
})()`;

/** What moves on a page although the system asks for less movement. Nothing is excepted: a bar that stands says how far work is as well, and in words. */
export async function movements(page: Page): Promise<string[]> {
	return await page.evaluate<string[]>(look);
}
