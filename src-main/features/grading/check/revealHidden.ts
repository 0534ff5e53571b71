import { findHidden } from '#contract/findHidden.ts';

/** No honest text has more runs of them; what comes after is counted alone. */
const mostShown = 200;

/**
 * A text with everything in it that is not seen (contract/findHidden.ts) shown as what it is, `⟨U+200B⟩`, so that neither a model nor a person
 * reads past it.
 *
 * The same character many times is shown once with how often, `⟨U+200B×40⟩`; after 200 of them the others are left out and counted at the end.
 * A text without any comes back as it is.
 */
export function revealHidden(text: string): string {
	const parts: string[] = [];
	let [shownTo, shown, more] = [0, 0, 0];
	for (const { at, end, times, code } of findHidden(text)) {
		parts.push(text.slice(shownTo, at));
		shownTo = end;
		if (++shown <= mostShown) parts.push(`⟨${code}${times > 1 ? `×${times}` : ''}⟩`);
		else more += times;
	}
	return `${parts.join('')}${text.slice(shownTo)}${more === 0 ? '' : `⟨+${more}⟩`}`;
}
