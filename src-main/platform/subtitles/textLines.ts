import type { Span } from './Cue.ts';

const [newline, carriageReturn] = [0x0a, 0x0d];

/** One line of a text, without its end. */
export interface TextLine extends Span {
	text: string;
	/** Where the next line begins. */
	next: number;
}

/** The lines of a text with their places, whatever ends them: `\r\n`, `\n` or `\r`. A byte order mark belongs to no line. */
export function textLines(text: string): TextLine[] {
	const lines: TextLine[] = [];
	let start = text.startsWith('\uFEFF') ? 1 : 0;
	// Character by character, which is several times as fast as a pattern.
	for (let at = start; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code !== newline && code !== carriageReturn) continue;
		const next = code === carriageReturn && text.charCodeAt(at + 1) === newline ? at + 2 : at + 1;
		lines.push({ start, end: at, next, text: text.slice(start, at) });
		start = next;
		at = next - 1;
	}
	lines.push({ start, end: text.length, next: text.length, text: text.slice(start) });
	return lines;
}

/** Counts the lines of a text, whatever ends them: gives for each place the line that it is in, from 1. Places are asked for in their order. */
export function lineCounter(text: string): (at: number) => number {
	let [line, counted] = [1, 0];
	return (at) => {
		for (; counted < at; counted++) {
			const code = text.charCodeAt(counted);
			if (code === newline || (code === carriageReturn && text.charCodeAt(counted + 1) !== newline)) line++;
		}
		return line;
	};
}

/** What ends most lines of a text: for what is put into it. `\n` where it has one line alone. */
export function lineEndOf(text: string): '\r\n' | '\n' | '\r' {
	let [windows, unix, old] = [0, 0, 0];
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === newline) unix++;
		else if (code === carriageReturn && text.charCodeAt(at + 1) === newline) {
			windows++;
			at++;
		} else if (code === carriageReturn) old++;
	}
	if (windows >= unix && windows >= old && windows > 0) return '\r\n';
	return old > unix ? '\r' : '\n';
}
