import { useEffect, useState } from 'react';
import { type AnswerCheck, answerCheck } from '#contract/rubric.ts';
import { client } from '../../rpc/client.ts';

const quietMs = 300;

/** Whether code cannot decide by a check that is complete; false while that is not known, once typing rests. What is kept is asked again by main. */
export function useIsUnreadable(check: AnswerCheck): boolean {
	const written = JSON.stringify(check);
	const [known, setKnown] = useState<{ written: string; isReadable: boolean } | null>(null);
	useEffect(() => {
		const whole = answerCheck.safeParse(JSON.parse(written)).data;
		if (!whole || whole.kind === 'none' || whole.kind === 'exact') return;
		let isCurrent = true;
		const timer = setTimeout(() => {
			client.grading.readsCheck(whole).then(
				(isReadable) => isCurrent && setKnown({ written, isReadable }),
				() => undefined,
			);
		}, quietMs);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [written]);
	return known?.written === written && !known.isReadable;
}
