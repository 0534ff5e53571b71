import { setTimeout } from 'node:timers/promises';

const tellEveryMs = 300;

/**
 * Does work that a person waits for, and tells meanwhile, every 300 ms, at which step it is; the last that it tells is what came of it.
 *
 * `work` names its steps to `onStep`, and is to end, with null, where its signal does: because `signal` did, or because the reader left. Then
 * nothing more is told. What it throws is thrown here.
 */
export async function* tellSteps<Step, End>(
	work: (onStep: (step: Step) => void, signal: AbortSignal) => Promise<End | null>,
	first: Step,
	signal?: AbortSignal,
): AsyncGenerator<Step | End> {
	const left = new AbortController();
	let step = first;
	const onStep = (next: Step) => {
		step = next;
	};
	const working = work(onStep, signal ? AbortSignal.any([signal, left.signal]) : left.signal);
	const ending = working.then((end) => ({ end }));
	try {
		for (;;) {
			const told = await Promise.race([ending, setTimeout(tellEveryMs, null)]);
			if (told?.end === null) return;
			yield told ? told.end : step;
			if (told) return;
		}
	} finally {
		// Whoever leaves early wants no more of it; that it then ends without anything is as it should be.
		ending.catch(() => undefined);
		left.abort();
	}
}
