import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import type { FormatName } from '#contract/convertOrder.ts';
import { codeLanguage } from './codeLanguage.ts';
import { codeLook, pageNonce } from './codeLook.ts';

/** A place that is to be shown: another object shows it again. */
export interface ShownPlace {
	line: number;
	column: number;
}

interface Props {
	label: string;
	text: string;
	format: FormatName | null;
	/** Left out: it can only be read. */
	onChange?: (text: string) => void;
	/** What stands there while it is empty. */
	hint?: string;
	/** The line that could not be read, counted from 1. */
	brokenLine?: number | null;
	/** Where the reader is to be led. */
	place?: ShownPlace | null;
}

/** A change that the page made itself, which is not to be told back to it. */
const byPage = Annotation.define<true>();

/** A text of a format with line numbers, highlighting, folding and search. Tab leaves it, as everywhere on the page. */
export function CodePane({ label, text, format, onChange, hint = '', brokenLine = null, place = null }: Props) {
	const host = useRef<HTMLDivElement>(null);
	const view = useRef<EditorView | null>(null);
	const parts = useRef({ language: new Compartment(), label: new Compartment(), broken: new Compartment() });
	const told = useRef(onChange);
	told.current = onChange;
	const isReadOnly = onChange === undefined;

	// biome-ignore lint/correctness/useExhaustiveDependencies: it is made once; what changes is told to it below.
	useEffect(() => {
		const { language, label: named, broken } = parts.current;
		const made = new EditorView({
			parent: host.current ?? document.body,
			state: EditorState.create({
				doc: text,
				extensions: [
					...[lineNumbers(), foldGutter(), drawSelection(), bracketMatching(), highlightSelectionMatches(), search({ top: true }), codeLook],
					...[history(), keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...searchKeymap])],
					...(isReadOnly ? [EditorState.readOnly.of(true)] : [highlightActiveLine()]),
					...(hint === '' ? [] : [placeholder(hint)]),
					...[EditorView.cspNonce.of(pageNonce), EditorView.lineWrapping, language.of([]), named.of(nameOf(label)), broken.of([])],
					EditorView.updateListener.of((update) => {
						if (update.docChanged && !update.transactions.some((change) => change.annotation(byPage))) told.current?.(update.state.doc.toString());
					}),
				],
			}),
		});
		view.current = made;
		return () => made.destroy();
	}, []);

	useEffect(() => {
		const made = view.current;
		if (!made || made.state.doc.toString() === text) return;
		made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text }, annotations: byPage.of(true) });
	}, [text]);

	useEffect(() => {
		let isCurrent = true;
		void codeLanguage(format).then((support) => {
			if (isCurrent) view.current?.dispatch({ effects: parts.current.language.reconfigure(support ?? []) });
		});
		return () => {
			isCurrent = false;
		};
	}, [format]);

	useEffect(() => view.current?.dispatch({ effects: parts.current.label.reconfigure(nameOf(label)) }), [label]);

	useEffect(() => view.current?.dispatch({ effects: parts.current.broken.reconfigure(markLine(brokenLine)) }), [brokenLine]);

	useEffect(() => {
		const made = view.current;
		if (!made || !place) return;
		const line = made.state.doc.line(Math.min(Math.max(1, place.line), made.state.doc.lines));
		const at = Math.min(line.from + Math.max(0, place.column - 1), line.to);
		made.dispatch({ selection: { anchor: at, head: line.to }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
		made.focus();
	}, [place]);

	return <Box ref={host} sx={{ flex: 1, minHeight: 0, overflow: 'hidden' }} />;
}

function nameOf(label: string): Extension {
	return EditorView.contentAttributes.of({ 'aria-label': label });
}

function markLine(line: number | null): Extension {
	if (line === null) return [];
	return EditorView.decorations.of((view) => {
		if (line < 1 || line > view.state.doc.lines) return Decoration.none;
		return Decoration.set(Decoration.line({ class: 'cm-broken' }).range(view.state.doc.line(line).from));
	});
}
