import { expect, test } from 'vitest';
import { Rounds } from './Rounds.ts';

test.each([
	['alone', 256, 1, 0, 256],
	['with other prompts', 256, 4, 0, 64],
	['while another writes', 256, 1, 1, 63],
	['with many others', 256, 8, 8, 32],
	['in a tiny batch', 16, 1, 1, 16],
])('a prompt is evaluated in parts that leave room for others: %s', (_, batch, prompting, writing, part) => {
	expect(Object.assign(new Rounds(batch), { prompting, writing }).partTokens()).toBe(part);
});
