import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colour = (name: string) => `var(--mui-palette-${name})`;

/** Lets the styles of the editors in, as the policy of the page wants it. */
export const pageNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** How sources and results look: in the page's own colours, light and dark. */
export const codeLook: Extension = [
	EditorView.theme({
		'&': { height: '100%', color: colour('text-primary'), backgroundColor: colour('background-paper'), fontSize: '0.8125rem' },
		'&.cm-focused': { outline: `2px solid ${colour('primary-main')}`, outlineOffset: '-2px' },
		'.cm-scroller': { fontFamily: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace', lineHeight: '1.55', overflow: 'auto' },
		'.cm-content': { caretColor: colour('primary-main'), padding: '8px 0' },
		'.cm-cursor': { borderLeftColor: colour('primary-main') },
		'.cm-gutters': { backgroundColor: colour('background-paper'), color: colour('text-secondary'), border: 'none' },
		'.cm-activeLine, .cm-activeLineGutter': { backgroundColor: colour('action-hover') },
		'&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: colour('action-selected') },
		'.cm-foldPlaceholder': {
			backgroundColor: colour('surface-sunken'),
			borderColor: colour('surface-line'),
			color: colour('text-secondary'),
			padding: '0 6px',
		},
		'.cm-placeholder': { color: colour('text-secondary') },
		'.cm-panels': { backgroundColor: colour('surface-sunken'), color: colour('text-primary') },
		'.cm-panels .cm-textfield, .cm-panels .cm-button': { backgroundColor: colour('background-paper'), backgroundImage: 'none', color: colour('text-primary') },
		'.cm-changedLine': { backgroundColor: `color-mix(in srgb, ${colour('success-main')} 10%, transparent) !important` },
		'.cm-deletedChunk': { backgroundColor: `color-mix(in srgb, ${colour('error-main')} 10%, transparent)` },
		'.cm-changedText': { background: `color-mix(in srgb, ${colour('success-main')} 28%, transparent) !important` },
		'.cm-deletedText': { background: `color-mix(in srgb, ${colour('error-main')} 28%, transparent) !important` },
		'.cm-collapsedLines': { background: `${colour('surface-sunken')} !important`, color: colour('text-secondary') },
		'.cm-broken': { backgroundColor: `color-mix(in srgb, ${colour('error-main')} 14%, transparent)` },
	}),
	syntaxHighlighting(
		HighlightStyle.define([
			{ tag: [tags.propertyName, tags.definition(tags.propertyName), tags.tagName, tags.attributeName], color: colour('series-first') },
			{ tag: [tags.number, tags.atom], color: colour('series-third') },
			{ tag: [tags.bool, tags.null, tags.keyword, tags.labelName, tags.typeName, tags.processingInstruction], color: colour('series-sixth') },
			{ tag: [tags.comment, tags.meta], color: colour('text-secondary'), fontStyle: 'italic' },
			{ tag: tags.invalid, color: colour('error-main') },
		]),
	),
];
