import { useEffect, useState } from 'react';
import type { Found } from '#contract/search.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';

/** A pause in typing after which it is asked for. */
const pauseMs = 120;
const mostOfKind = 5;

interface Answered {
	words: string;
	found: readonly Found[];
	isComplete: boolean;
	error: unknown;
}

const nothing: Answered = { words: '', found: [], isComplete: true, error: null };

/** What of the reader's has these words in it, a moment after they were typed; until then, and while more comes, what was found before. */
export function useFound(words: string): Answered & { isAsking: boolean } {
	const mayFind = useMay('user');
	const [answered, setAnswered] = useState(nothing);
	const isEmpty = words.trim() === '' || !mayFind;
	useEffect(() => {
		if (isEmpty) return setAnswered(nothing);
		const left = new AbortController();
		const ask = async () => {
			try {
				const found = await client.search.find({ words: words.slice(0, 200), mostOfKind }, { signal: left.signal });
				if (!left.signal.aborted) setAnswered({ words, ...found, error: null });
			} catch (error) {
				if (!left.signal.aborted) setAnswered({ ...nothing, words, error });
			}
		};
		const waiting = setTimeout(() => void ask(), pauseMs);
		return () => {
			clearTimeout(waiting);
			left.abort();
		};
	}, [words, isEmpty]);
	return { ...answered, isAsking: !isEmpty && answered.words !== words };
}
