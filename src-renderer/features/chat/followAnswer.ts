import type { Message } from '#contract/chat.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';
import { type AnswerSoFar, mergePiece } from './mergePiece.ts';

interface AnswerFollower {
	/** The text so far, at most once a frame. */
	onText(text: string): void;
	/** Called once, with what was stored. */
	onEnd(message: Message): void;
	/** The app refused; the answer itself may go on. */
	onError(error: unknown): void;
}

/**
 * Follows an answer while it is written, for the store, until the returned function is called.
 *
 * Pieces are gathered and handed on at most once a frame, so a fast model never makes the page slower than the screen.
 * After a lost connection it goes on from the last piece that came; where pieces are missing it reads the answer anew.
 */
export function followAnswer(messageId: string, { onText, onEnd, onError }: AnswerFollower): () => void {
	let answer: AnswerSoFar = { seq: 0, text: '' };
	let frame: number | null = null;
	let hasRestarted = false;
	let stopStream = open();

	function open(): () => void {
		return watchStream(
			(signal) => client.chat.watch({ messageId, afterSeq: answer.seq }, { signal }),
			(piece) => {
				const merged = mergePiece(answer, piece);
				if (merged.kind === 'ended') onEnd(merged.message);
				else if (merged.kind === 'gap') startAgain();
				else if (merged.kind === 'grown') grow(merged.answer);
			},
			{ onError },
		);
	}

	function grow(next: AnswerSoFar): void {
		answer = next;
		frame ??= requestAnimationFrame(() => {
			frame = null;
			onText(answer.text);
		});
	}

	function startAgain(): void {
		stopStream();
		if (hasRestarted) {
			onError(new Error('Pieces of the answer are missing, also when read anew.'));
			return;
		}
		hasRestarted = true;
		answer = { seq: 0, text: '' };
		stopStream = open();
	}

	return () => {
		stopStream();
		if (frame !== null) cancelAnimationFrame(frame);
	};
}
