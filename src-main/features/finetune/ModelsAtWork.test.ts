import { expect, test } from 'vitest';
import { ModelsAtWork } from './ModelsAtWork.ts';

test('a model that two hold is at work until both have let go, each once', () => {
	const models = new ModelsAtWork();
	const [first, second] = [models.hold('a'), models.hold('a')];
	first();
	first();
	expect([models.has('a'), models.has('b')]).toEqual([true, false]);
	second();
	expect(models.has('a')).toBe(false);
});
