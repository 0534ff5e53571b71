import { expect, test } from 'vitest';
import { type Failure, failure } from '#contract/errors.ts';
import { PassingFailure, Patience } from './Patience.ts';
import { usualTempo } from './transferContract.ts';

const away = failure('NETWORK_FAILED', { host: 'hub.example', reason: 'broken' });
const confused = failure('SERVER_CONFUSED', { host: 'hub.example', what: 'text/html' });
const tempo = { ...usualTempo, firstWaitMs: 0, mostWaitMs: 0, tries: 3, awayTries: 40 };

/** Fails in these ways, one after the other, and tells which is not waited for any more, from 0; null where all are. */
async function givenUpAt(failures: Failure[]): Promise<number | null> {
	const patience = new Patience(tempo);
	for (const [index, each] of failures.entries()) {
		const outcome = await patience.wait(new PassingFailure(each), new AbortController().signal).catch((error) => error);
		if (outcome !== undefined) {
			expect(outcome).toBe(each);
			return index;
		}
	}
	return null;
}

const times = (count: number, failures: Failure[]) => Array.from({ length: count }, () => failures).flat();

test.each([
	['a wrong answer is given up after the tries for it', times(9, [confused]), 3],
	['a network that is away is given up after its many tries', times(50, [away]), 40],
	['a wrong answer after a night away has all its tries', [...times(30, [away]), ...times(9, [confused])], 33],
	['wrong answers before the network went away do not count after it', [...times(3, [confused]), away, ...times(9, [confused])], 7],
	['away and wrong by turns comes to an end, too', times(30, [away, confused]), 40],
])('%s', async (_, failures, expected) => {
	expect(await givenUpAt(failures)).toBe(expected);
});
