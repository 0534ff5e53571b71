import type { DatasetProblem, ExampleTurn } from '#contract/finetune.ts';

/** The most that one example holds, as the contract says it (`exampleTurn`, `exampleTurns`). */
const exampleLimits = { turns: 200, characters: 200_000 };

/** Why something gives no example; where it stood is for its reader to add. */
export type Refusal = Pick<DatasetProblem, 'code' | 'field' | 'detail'>;

const detailCharacters = 200;

/** A refusal with as much of what was found as is shown. */
export function refusal(code: Refusal['code'], field: string | null, found = ''): Refusal {
	return { code, field, detail: found.slice(0, detailCharacters).toWellFormed() };
}

/** The field of a whole turn, where `field` is that of its text in a list: `messages[0]` of `messages[0].content`. */
function turnOf(field: string | null): string | null {
	return field?.replace(/(\[\d+\])\.\w+$/, '$1') ?? null;
}

/**
 * Brings the turns of a chat into the one form that is kept: what the system says first, then user and assistant in turn, the assistant
 * last; or says what is wrong with them.
 *
 * Neighbours of one role are joined, as they are when a model is asked, since many chat templates take only turns that alternate. Halves
 * of characters become U+FFFD. What is in that form already stays as it is.
 *
 * @param fieldOf the field of a turn by its number from 0, for the refusal.
 */
export function checkTurns(given: readonly ExampleTurn[], fieldOf: (index: number) => string | null): { turns: ExampleTurn[] } | Refusal {
	const turns: ExampleTurn[] = [];
	for (const [index, { role, content }] of given.entries()) {
		const last = turns.at(-1);
		if (content.trim() === '') {
			if (role !== 'system') return refusal(role === 'user' ? 'emptyPrompt' : 'emptyAnswer', fieldOf(index));
		} else if (last?.role === role) last.content += `\n\n${content.toWellFormed()}`;
		else if (role === 'system' ? turns.length > 0 : role === 'assistant' && last?.role !== 'user') return refusal('badRole', turnOf(fieldOf(index)), role);
		else turns.push({ role, content: content.toWellFormed() });
		if (turns.length > exampleLimits.turns || (turns.at(-1)?.content.length ?? 0) > exampleLimits.characters) return refusal('tooLong', fieldOf(index));
	}
	if (turns.at(-1)?.role !== 'assistant') return refusal('noAnswer', fieldOf(given.length - 1), turns.at(-1)?.content);
	return { turns };
}
