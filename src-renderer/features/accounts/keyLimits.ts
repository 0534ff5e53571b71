import type { KeyLimits } from '#contract/accounts.ts';

/** The limits of a key as they are typed; an empty month has none. */
export type TypedLimits = Record<keyof KeyLimits, string>;

/** What a key may be asked for unless somebody says otherwise; the same as the app's own. */
export const usualLimits: KeyLimits = { requestsPerMinute: 60, streamsAtOnce: 2, tokensPerMonth: null };

/** From 1 up to these. */
export const mostLimits: Record<keyof KeyLimits, number> = { requestsPerMinute: 100_000, streamsAtOnce: 1000, tokensPerMonth: 1_000_000_000 };

export function typedLimits(limits: KeyLimits): TypedLimits {
	const text = (count: number | null) => (count === null ? '' : String(count));
	return { requestsPerMinute: text(limits.requestsPerMinute), streamsAtOnce: text(limits.streamsAtOnce), tokensPerMonth: text(limits.tokensPerMonth) };
}

/** Whether what was typed can be a limit of this kind. */
export function isLimit(kind: keyof KeyLimits, typed: string): boolean {
	const text = typed.trim();
	if (text === '') return kind === 'tokensPerMonth';
	return /^\d{1,10}$/.test(text) && Number(text) >= 1 && Number(text) <= mostLimits[kind];
}

/** The limits that were typed; null while one of them is none. */
export function readLimits(typed: TypedLimits): KeyLimits | null {
	if (!(['requestsPerMinute', 'streamsAtOnce', 'tokensPerMonth'] as const).every((kind) => isLimit(kind, typed[kind]))) return null;
	const month = typed.tokensPerMonth.trim();
	return {
		requestsPerMinute: Number(typed.requestsPerMinute),
		streamsAtOnce: Number(typed.streamsAtOnce),
		tokensPerMonth: month === '' ? null : Number(month),
	};
}
