import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#contract/errors.ts';
import { describeFailure } from '../../ui/describeFailure.ts';
import { useFormat } from '../../ui/format.ts';

/**
 * One attempt of a form at a time: whether it runs, and what it was refused with, at the field that it is about.
 *
 * `places` names the field of a failure's code; what has none is left as `error`, for the form to say. After too many tries
 * `waitSeconds` counts down to the next one.
 */
export function useAttempt<Field extends string>(places: Partial<Record<ErrorCode, Field>> = {}) {
	const { t } = useTranslation('failures');
	const format = useFormat();
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const waitSeconds = useWait(error, () => setError(null));

	const code = codeOf(error);
	// What has a code that is not in `places`, or none of ours, has no field.
	const place = places[code as ErrorCode];
	const attempt = async (act: () => Promise<void>) => {
		if (isBusy || waitSeconds > 0) return;
		setBusy(true);
		setError(null);
		try {
			await act();
		} catch (thrown) {
			setError(thrown);
		}
		setBusy(false);
	};
	return {
		isBusy,
		waitSeconds,
		error: place === undefined ? error : null,
		/** What is wrong with a field, in words; null: nothing. */
		at: (field: Field) => (place === field ? describeFailure(error, t, format).sentence : null),
		attempt,
		clear: () => setError(null),
	};
}

/** The seconds until another try is taken, told anew each second; 0 where none need be waited. `onOver` is called once they have passed. */
function useWait(error: unknown, onOver: () => void): number {
	const [seconds, setSeconds] = useState(0);
	const over = useEffectEvent(onOver);
	useEffect(() => {
		if (codeOf(error) !== 'TOO_MANY_TRIES') return;
		// The failure of this code says so (contract/errors.ts).
		const until = Date.now() + (error as { data: { retryAfterMs: number } }).data.retryAfterMs;
		const tell = () => {
			const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
			setSeconds(left);
			if (left === 0) over();
		};
		tell();
		const timer = setInterval(tell, 1000);
		return () => {
			clearInterval(timer);
			setSeconds(0);
		};
	}, [error]);
	return seconds;
}

function codeOf(error: unknown): unknown {
	return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}
