import type { Page } from '@playwright/test';

/** More than any screen has: one that has not come round by then holds the focus. */
const mostStops = 400;

/** What going through a page by the Tab key found wrong. */
export interface TabFaults {
	/** What has the focus and does not show it. */
	unseen: string[];
	/** Where the focus does not get any further. */
	trappedAt: string | null;
	/** What can be pressed and is not reached. */
	unreached: string[];
}

/** Goes by the Tab key through what `within` finds, from its beginning until it comes round or gets out of it. */
export async function tabThrough(page: Page, within: string): Promise<TabFaults> {
	await page.evaluate(`var within = document.querySelector(${JSON.stringify(within)})`);
	await page.evaluate(prepare);
	const unseen: string[] = [];
	let last = '';
	for (let stop = 0; stop < mostStops; stop++) {
		await page.keyboard.press('Tab');
		const { name, isSeen, isRound } = await page.evaluate<{ name: string; isSeen: boolean; isRound: boolean }>('tabs.look()');
		if (isRound) return { unseen, trappedAt: null, unreached: await page.evaluate<string[]>('tabs.unreached()') };
		if (!isSeen) unseen.push(name);
		last = name;
	}
	return { unseen, trappedAt: last, unreached: [] };
}

/**
 * For the page. What has the focus is seen where its own look, or that of what is around or beside it, changes as it loses the focus. It has come
 * round where what had it already has it again, something outside has it, or the page has ended twice. A group of radios, a list and the like are one stop: their parts are reached by arrows.
 */
const prepare = `
	within.focus();
	var tabs = (() => {
		const seen = new Set();
		let ends = 0;
		let previous = null;
		let stays = 0;
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		// What moves from one look to another is taken at its end.
		const finishMoves = () => { for (const move of document.getAnimations()) if (move instanceof CSSTransition) move.finish(); };
		const looks = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor', 'borderWidth', 'backgroundColor', 'opacity', 'textDecorationLine', 'clipPath', 'color'];
		const around = (element) => {
			const near = [element];
			for (let at = element, up = 0; at && up < 3; at = at.parentElement, up++) near.push(at, ...at.children);
			const chosen = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
			return chosen ? [...near, chosen] : near;
		};
		const lookOf = (elements) => JSON.stringify(elements.map((element) => { const style = getComputedStyle(element); return looks.map((name) => style[name]); }));
		const nameOf = (element) => [element.tagName.toLowerCase(), element.getAttribute('role'), element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40), element.id].filter(Boolean).join(' ');
		const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
		return {
			async look() {
				const element = document.activeElement;
				// The page's end; the next stop is its beginning.
				if (element === document.body) return { name: '', isSeen: true, isRound: ++ends > 1 };
				// A date has a stop for each of its parts.
				if (element === previous && element.matches('input[type^=date], input[type=time]') && ++stays < 10) return { name: '', isSeen: true, isRound: false };
				if (seen.has(element) || !within.contains(element)) return { name: '', isSeen: true, isRound: true };
				seen.add(element);
				previous = element;
				stays = 0;
				const near = around(element);
				// Editors draw their focus a moment after they have it.
				await frame();
				await frame();
				finishMoves();
				const focused = lookOf(near);
				element.blur();
				// React draws what follows from it a little later.
				let isSeen = false;
				for (let at = 0; at < 30 && !isSeen; at++) {
					await (at === 0 ? null : frame());
					finishMoves();
					isSeen = lookOf(near) !== focused;
				}
				element.focus({ focusVisible: true, preventScroll: true });
				return { name: nameOf(element), isSeen, isRound: false };
			},
			unreached() {
				const acts = [...within.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [role=link], [role=checkbox], [role=switch], [role=combobox]')];
				return acts
					.filter((act) => isShown(act) && !act.disabled && act.ariaDisabled !== 'true' && !act.closest('[inert], [aria-hidden=true], [role=radiogroup], [role=listbox], [role=toolbar], [role=tablist], [role=menu]') && act.type !== 'radio' && act.tabIndex >= 0 && !seen.has(act))
					.map(nameOf);
			},
		};
	})();
	void 0;
`;
