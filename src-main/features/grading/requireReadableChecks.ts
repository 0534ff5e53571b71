import { failure } from '#contract/errors.ts';
import type { QuestionFields } from '#contract/grading.ts';

/** Throws CHECK_UNREADABLE for the first question whose check could decide nothing, so that none is silently left to the model. */
export async function requireReadableChecks(questions: readonly Pick<QuestionFields, 'name' | 'check'>[]): Promise<void> {
	for (const { name, check } of questions) {
		if (check.kind === 'none' || check.kind === 'exact') continue;
		// The maths library takes over a second to come in, which no start of the app is to wait for.
		const { readsCheck } = await import('./check/readsCheck.ts');
		if (!readsCheck(check)) throw failure('CHECK_UNREADABLE', { question: name, kind: check.kind });
	}
}
