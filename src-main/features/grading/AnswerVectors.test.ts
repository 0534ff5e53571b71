import pino from 'pino';
import { expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { AnswerVectors } from './AnswerVectors.ts';
import { vectorsOfMeaning } from './agreement/vectorsOfMeaning.test-support.ts';

const { signal } = new AbortController();
const running = (modelId: string) => ({ modelId, modelName: modelId.toUpperCase(), state: 'running' }) as const;

/** An engine with these models loaded, of which `knows` makes the vectors of one that knows what answers mean, and the others fail. */
function openVectors(models: string[], knows: string) {
	const asked: string[] = [];
	const vectorOf = vectorsOfMeaning();
	const embed = async (_owner: string, modelId: string, texts: string[]) => {
		asked.push(...texts);
		if (modelId !== knows) throw failure('MODEL_LOAD_FAILED', { name: modelId, kind: 'model', detail: 'no' });
		const tooLong = texts.find((text) => text.length > 300);
		if (tooLong) throw failure('PROMPT_TOO_LONG', { promptTokens: 3000, contextTokens: 2048 });
		return texts.map(vectorOf);
	};
	return { asked, vectors: new AnswerVectors({ engine: { embed }, loaded: () => models.map(running), log: pino({ level: 'silent' }) }) };
}

test('chooses the first loaded model that knows more than characters do; where nothing may be tried, one that was tried', async () => {
	const { vectors, asked } = openVectors(['writer', 'embedder'], 'embedder');
	expect(await vectors.find('ann', ['light'], { untried: false }, signal)).toBeNull();
	expect(asked).toEqual([]);
	expect(await vectors.find('ann', ['light'], { untried: true }, signal)).toMatchObject({ modelId: 'embedder', modelName: 'EMBEDDER' });
	const tried = asked.length;
	expect(await vectors.find('bob', ['光是一种波'], { untried: false }, signal)).toMatchObject({ modelId: 'embedder' });
	expect(asked).toHaveLength(tried);
});

test('computes a vector once for what says the same, and has none for what is too long, which costs the others nothing', async () => {
	const { vectors, asked } = openVectors(['m'], 'm');
	const texts = ['Light is a wave.', 'light is a wave', 'x'.repeat(301), 'it is not'];
	const found = await vectors.of('ann', 'm', texts, signal);
	expect([...found].map(([text, vector]) => [text.slice(0, 15), vector?.length ?? null])).toEqual([
		['light is a wave', 96],
		['x'.repeat(15), null],
		['it is not', 96],
	]);
	const before = asked.length;
	expect([...(await vectors.of('ann', 'm', texts, signal)).keys()]).toEqual([...found.keys()]);
	expect(asked).toHaveLength(before);
});

test('ends where it is stopped', async () => {
	const { vectors } = openVectors(['m'], 'm');
	const stopped = AbortSignal.abort(new Error('stopped'));
	await expect(vectors.find('ann', ['light'], { untried: true }, stopped)).rejects.toThrow('stopped');
	// That it was stopped says nothing of the model.
	expect(await vectors.find('ann', ['light'], { untried: true }, signal)).not.toBeNull();
});
