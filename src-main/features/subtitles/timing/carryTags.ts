const element = /<(\/?)(b|i|u|s|c|v|lang|font|span|em|strong)(?=[\s.>])[^<>]*>/gi;
const animation = /\\t\((?:[^()]|\([^()]*\))*\)/g;
/** Those of ASS that hold from where they stand; karaoke and what moves belongs to one moment. Longer names first. */
const override =
	/\\(alpha|iclip|xbord|ybord|xshad|yshad|fscx|fscy|bord|shad|blur|clip|fax|fay|frx|fry|frz|fsp|org|pos|[1-4][ac]|an|be|fe|fn|fr|fs|[abcipqrsu])(\([^()]*\)|[^\\{}]*)/g;
/** Of a whole line of ASS, wherever they stand in it. */
const ofLine = new Set(['an', 'a', 'pos', 'org', 'clip', 'iclip', 'q']);

/**
 * Gives both parts of a text that was cut the tags that held where it was cut: an element (`<i>`) ends in the first and begins again in the
 * second, and what was set by then (`{\i1\pos(10,20)}`) is set again.
 */
export function carryTags([head, tail]: readonly [string, string]): [string, string] {
	if (head === '' || tail === '') return [head, tail];
	const open = openElements(head, []);
	const left = openElements(tail, open);
	// One that never ends, as `<v Ann>` may, is not ended here either.
	const ends = open.filter((one) => !left.includes(one)).map(({ name }) => `</${name}>`);
	return [head + ends.reverse().join(''), overridesOf(head) + open.map(({ tag }) => tag).join('') + tail];
}

interface OpenElement {
	name: string;
	tag: string;
}

/** The elements that are open behind a text, of which some were before it. */
function openElements(text: string, before: readonly OpenElement[]): OpenElement[] {
	const open = [...before];
	for (const [tag, slash, name = ''] of text.matchAll(element)) {
		if (slash === '') open.push({ name, tag });
		else {
			const at = open.findLastIndex((one) => one.name.toLowerCase() === name.toLowerCase());
			if (at >= 0) open.splice(at);
		}
	}
	return open;
}

/** What the blocks of a text have set, as one block; empty where that is nothing. */
function overridesOf(text: string): string {
	const set = new Map<string, string>();
	for (const [block] of text.matchAll(/\{[^{}]*\}/g))
		for (const [whole, name = '', value = ''] of block.replace(animation, '').matchAll(override)) {
			if (name === 'r') for (const one of set.keys()) if (!ofLine.has(one)) set.delete(one);
			set.delete(name);
			// What is off is so from the beginning of a line.
			if (value !== '' && !(/^[bius]$/.test(name) && value === '0')) set.set(name, whole);
		}
	return set.size === 0 ? '' : `{${[...set.values()].join('')}}`;
}
