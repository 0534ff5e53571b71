import type { Page } from '@playwright/test';

/** Where, with colours that the system forces, what is chosen looks like what is not, or a bar like the page. `drawings`: how many bars there were. */
export function forcedColourFaults(page: Page): Promise<{ faults: string[]; drawings: number }> {
	return page.evaluate(find);
}

const find = `(() => {
	const colourOf = (selector) => {
		const element = document.querySelector(selector);
		return element && getComputedStyle(element).backgroundColor;
	};
	const chosen = colourOf('.MuiToggleButton-root.Mui-selected');
	const other = colourOf('.MuiToggleButton-root:not(.Mui-selected)');
	const bar = colourOf('.MuiLinearProgress-bar');
	const faults = [];
	if (chosen !== null && chosen === other) faults.push('what is chosen');
	if (bar !== null && bar === colourOf('body')) faults.push('a bar');
	return { faults, drawings: bar === null ? 0 : 1 };
})()`;
