import type { AnswerCheck, CheckResult } from '#contract/rubric.ts';

const mostChars = 10_000;

/** Whether an answer is one of those that are accepted, but for case, spacing, width of characters and marks at the end. */
export function checkExact(check: Extract<AnswerCheck, { kind: 'exact' }>, answer: string): CheckResult {
	const given = plain(answer.slice(0, mostChars));
	if (given === '') return { kind: 'unclear', found: '', reason: 'notFound' };
	const found = answer.trim().slice(0, 500);
	return { kind: check.accepted.some((accepted) => plain(accepted) === given) ? 'right' : 'wrong', found, reason: null };
}

function plain(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
		.replace(/[‘’`´]/gu, "'")
		.replace(/[“”]/gu, '"')
		.replace(/[‐‑‒–—−]/gu, '-')
		.replace(/\s+/gu, ' ')
		.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
		.trim()
		.replace(/^["']+/u, '')
		.replace(/[.,;:!?。，；：！？、"']+$/u, '')
		.trim();
}
