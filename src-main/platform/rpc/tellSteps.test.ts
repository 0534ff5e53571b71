import { expect, test } from 'vitest';
import { tellSteps } from './tellSteps.ts';

test('the step of now is told again and again, and at last what came of the work', async () => {
	const gate = Promise.withResolvers<string>();
	const told: string[] = [];
	const work = (onStep: (step: string) => void) => {
		onStep('second');
		return gate.promise;
	};
	for await (const step of tellSteps(work, 'first')) {
		told.push(step);
		if (told.length === 2) gate.resolve('end');
	}
	expect(told).toEqual(['second', 'second', 'end']);
});

test('work of which nobody wants more is told so, and its failure then harms nobody', async () => {
	let reason: unknown;
	const work = (_: unknown, signal: AbortSignal) =>
		new Promise<never>((_, reject) => {
			signal.addEventListener('abort', () => {
				reason = signal.aborted;
				reject(new Error('given up'));
			});
		});
	for await (const step of tellSteps(work, 'first')) {
		expect(step).toBe('first');
		break;
	}
	expect(reason).toBe(true);
});

test('work that ends without anything tells nothing more, and what it throws is thrown', async () => {
	const told: string[] = [];
	for await (const step of tellSteps(async (): Promise<string | null> => null, 'first')) told.push(step);
	expect(told).toEqual([]);
	const failing = tellSteps(async () => Promise.reject(new Error('no such model')), 'first');
	await expect(failing.next()).rejects.toThrow('no such model');
});
