import { htmlToText, isHtml } from '../../../platform/text/htmlToText.ts';

/** The text of a cell as it is marked: plain, where its column `isMarkup` and a platform wrote it as HTML, and empty where a lone hyphen stands for nothing. */
export function answerText(cell: string, isMarkup: boolean): string {
	const text = isMarkup && isHtml(cell) ? htmlToText(cell) : cell;
	return ['', '-', '–', '—'].includes(text.trim()) ? '' : text;
}
