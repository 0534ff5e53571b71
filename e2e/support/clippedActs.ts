import type { Page } from '@playwright/test';

/**
 * What can be pressed but is cut off with no way to scroll to it, and whether the page must be scrolled in two directions to be read. Tables,
 * drawings and code may be wider than the page: they are read in two directions anyway (WCAG 1.4.10).
 */
export async function clippedActs(page: Page): Promise<string[]> {
	return page.evaluate<string[]>(find);
}

const find = `(() => {
	const faults = [];
	const nameOf = (element) => element.tagName.toLowerCase() + ' ' + (element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40));
	const root = document.documentElement;
	if (root.scrollWidth > innerWidth + 1) faults.push('the page is ' + root.scrollWidth + ' px wide');
	for (const act of document.querySelectorAll('a[href], button, [role=button], [role=combobox], input:not([type=file]), textarea')) {
		const place = act.getBoundingClientRect();
		if (!act.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || place.width < 2 || act.closest('[aria-hidden=true]')) continue;
		const style = getComputedStyle(act);
		if (style.position === 'fixed') continue;
		const canScroll = { x: false, y: false };
		for (let at = act.parentElement; at; at = at.parentElement) {
			const { overflowX, overflowY } = getComputedStyle(at);
			const box = at.getBoundingClientRect();
			if (/auto|scroll/.test(overflowX)) canScroll.x = true;
			if (/auto|scroll/.test(overflowY)) canScroll.y = true;
			const isCutX = !canScroll.x && overflowX !== 'visible' && (place.right > box.right + 2 || place.left < box.left - 2);
			const isCutY = !canScroll.y && overflowY !== 'visible' && (place.bottom > box.bottom + 2 || place.top < box.top - 2);
			if (isCutX || isCutY) {
				faults.push(nameOf(act) + ' is cut off ' + (isCutX ? 'at the side' : 'above or below'));
				break;
			}
		}
	}
	for (const scroller of document.querySelectorAll('main, main *')) {
		const { overflowX, overflowY } = getComputedStyle(scroller);
		const isWide = /auto|scroll/.test(overflowX) && scroller.scrollWidth > scroller.clientWidth + 1;
		const isHigh = /auto|scroll/.test(overflowY) && scroller.scrollHeight > scroller.clientHeight + 1;
		if (isWide && isHigh && !scroller.matches('pre, .cm-scroller, textarea') && !scroller.querySelector('table, [role=table], [role=grid]')) faults.push(nameOf(scroller) + ' is scrolled in two directions');
	}
	return faults;
})()`;
