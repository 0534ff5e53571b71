import { htmlToText, isHtml } from '../../../platform/text/htmlToText.ts';

/** The text of an answer as it is marked: plain, also where a platform wrote it as HTML, and empty where a lone hyphen stands for nothing. */
export function answerText(cell: string): string {
	const text = isHtml(cell) ? htmlToText(cell) : cell;
	return ['', '-', '–', '—'].includes(text.trim()) ? '' : text;
}
