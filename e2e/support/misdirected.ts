import type { Page } from '@playwright/test';

/** What begins in a script that is written from right to left and is laid out from left to right: texts, and what is typed into fields. */
export async function misdirected(page: Page): Promise<string[]> {
	return page.evaluate<string[]>(find);
}

const find = `(() => {
	const begins = /^[^\\p{L}]*[\\p{Script=Arabic}\\p{Script=Hebrew}]/u;
	const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
	const isWrong = (element) => {
		const { direction, unicodeBidi } = getComputedStyle(element);
		return direction !== 'rtl' && unicodeBidi !== 'plaintext';
	};
	const faults = [];
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let text = texts.nextNode(); text; text = texts.nextNode()) {
		const element = text.parentElement;
		// A drawing has no lines to lay out, and code is written from left to right.
		if (!begins.test(text.data) || !isShown(element) || element.closest('svg, pre, .cm-editor, script, style')) continue;
		// What stands behind other words of the same line goes with them.
		if (text.previousSibling || text.parentElement.closest('bdi')) continue;
		if (isWrong(element)) faults.push(element.tagName.toLowerCase() + ' “' + text.data.trim().slice(0, 40) + '”');
	}
	for (const field of document.querySelectorAll('input, textarea')) {
		if (begins.test(field.value) && isShown(field) && isWrong(field)) faults.push('field “' + field.value.slice(0, 40) + '”');
	}
	return faults;
})()`;
