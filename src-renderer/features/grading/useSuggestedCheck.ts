import { useEffect, useState } from 'react';
import type { AnswerCheck } from '#contract/rubric.ts';
import { client } from '../../rpc/client.ts';

const quietMs = 300;

/** What a check might be for a question and its key, once typing rests, the kind `none` where there is none; null while that is not known. */
export function useSuggestedCheck(text: string, key: string): AnswerCheck | null {
	const [known, setKnown] = useState<{ text: string; key: string; check: AnswerCheck } | null>(null);
	useEffect(() => {
		if (key.trim() === '') return;
		let isCurrent = true;
		const timer = setTimeout(() => {
			// Without a suggestion the teacher still chooses one.
			const keep = (check: AnswerCheck) => isCurrent && setKnown({ text, key, check });
			client.grading.suggestCheck({ text: text.slice(0, 20_000), key: key.slice(0, 20_000) }).then(keep, () => undefined);
		}, quietMs);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [text, key]);
	return known?.text === text && known.key === key ? known.check : null;
}
