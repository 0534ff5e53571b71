import type { Message, Piece } from '#contract/chat.ts';

/** The text of an answer as far as it has come; `seq` is the number of the last piece in it, 0 before the first. */
export interface AnswerSoFar {
	seq: number;
	text: string;
}

export type MergedPiece =
	| { kind: 'grown'; answer: AnswerSoFar }
	/** The piece is in the text already: it was sent again after a reconnect. */
	| { kind: 'known' }
	/** Pieces before this one never came; ask for them again from `answer.seq`. */
	| { kind: 'gap' }
	| { kind: 'ended'; message: Message };

/**
 * Adds one streamed piece to an answer for the thread.
 *
 * A piece is added only where it follows the last one: repeated pieces are passed over and a gap is told, so the text is
 * never doubled and never has a hole. The end carries the stored message and needs no pieces before it.
 */
export function mergePiece(answer: AnswerSoFar, piece: Piece): MergedPiece {
	if (piece.type === 'end') return { kind: 'ended', message: piece.message };
	if (piece.seq <= answer.seq) return { kind: 'known' };
	if (piece.seq > answer.seq + 1) return { kind: 'gap' };
	return { kind: 'grown', answer: { seq: piece.seq, text: answer.text + piece.text } };
}
