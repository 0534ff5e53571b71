import type { GeneratePiece } from '../../engine/engine.ts';

/** Joins the text of two pieces into one, and what belongs to one call; an end stays by itself. */
export function mergePieces(waiting: GeneratePiece, next: GeneratePiece): GeneratePiece[] {
	if (waiting.type === 'call' && next.type === 'call' && waiting.at === next.at) return [{ ...next, text: waiting.text + next.text }];
	if (waiting.type !== 'text' || next.type !== 'text') return [waiting, next];
	return [{ type: 'text', text: waiting.text + next.text, spans: [...waiting.spans, ...next.spans], usage: next.usage }];
}
