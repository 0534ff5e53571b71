/** A part of a page under its own heading; the first has none, and stands under the page's title. */
export interface Section {
	/** By which links and screens lead there: `desk` of `## <a id="desk"></a>At the desk`; empty for the first. */
	id: string;
	title: string;
	/** Markdown, without the heading. */
	text: string;
}

export interface HandbookPage {
	title: string;
	sections: readonly Section[];
}

const heading = /^## (?:<a id="([\w-]+)"><\/a>)?(.+)$/;

/** Reads a page of the handbook: `# ` is its title, each `## ` begins a section. Lines of code are never headings. */
export function parsePage(markdown: string): HandbookPage {
	let title = '';
	let isCode = false;
	const sections: { id: string; title: string; lines: string[] }[] = [{ id: '', title: '', lines: [] }];
	for (const line of markdown.split(/\r?\n/)) {
		if (line.startsWith('```')) isCode = !isCode;
		const [, id = '', name] = (!isCode && heading.exec(line)) || [];
		if (name !== undefined) sections.push({ id, title: name.trim(), lines: [] });
		else if (!isCode && title === '' && line.startsWith('# ')) title = line.slice(2).trim();
		else sections.at(-1)?.lines.push(line);
	}
	return { title, sections: sections.map(({ lines, ...section }) => ({ ...section, text: lines.join('\n').trim() })) };
}
