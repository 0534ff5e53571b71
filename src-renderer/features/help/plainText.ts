/** What a reader sees of markdown: the words, without its marks, the addresses of links, and pictures. One line, for searching and for excerpts. */
export function plainText(markdown: string): string {
	return markdown
		.replace(/!\[[^\]]*\]\([^)]*\)/g, '')
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/^\|(?: *:?-+:? *\|)+$/gm, '')
		.replace(/^\s*(?:[-*]|\d+\.) /gm, '')
		.replace(/^```\w*$/gm, '')
		.replace(/\*\*|`/g, '')
		.replace(/\s*\|\s*/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
