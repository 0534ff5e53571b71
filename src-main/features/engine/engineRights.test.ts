import { afterEach, expect, test } from 'vitest';
import { asking, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

let bed: TestBed;
afterEach(() => bed.close());

test('U7 a model whose right was taken answers nobody who lost it, while it goes on for others', async () => {
	const lost = new Set<string>();
	bed = await openTestBed({ usableBy: (accountId) => (modelId) => modelId !== 'test.gguf' || !lost.has(accountId) });
	const { engine } = bed;
	await engine.ensureRunning('anna', 'test.gguf');
	const id = engine.deployments('anna')[0]?.id ?? '';
	expect(engine.deployments('anna')).toHaveLength(1);
	lost.add('anna');
	const refused = { code: 'NOT_FOUND', data: { what: 'model' } };
	await expect(readAnswer(engine.generate(asking('Hello')))).rejects.toMatchObject(refused);
	await expect(engine.ensureRunning('anna', 'test.gguf')).rejects.toMatchObject(refused);
	await expect(engine.load('anna', 'test.gguf')).rejects.toMatchObject(refused);
	await expect(engine.embed('anna', 'test.gguf', ['Hello'])).rejects.toMatchObject(refused);
	await expect(engine.countTokens('anna', 'test.gguf', 'Hello')).rejects.toMatchObject(refused);
	await expect(engine.plan('anna', 'test.gguf', {})).rejects.toMatchObject(refused);
	await expect(engine.unload('anna', id)).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'deployment' } });
	expect(engine.deployments('anna')).toEqual([]);
	for await (const deployments of engine.watch('anna')) {
		expect(deployments).toEqual([]);
		break;
	}
	expect((await readAnswer(engine.generate(asking('Hello', { ownerId: 'bob' })))).finish).not.toBe('aborted');
	// Whose model it is not, does not take it out of memory to make room for another.
	await expect(engine.load('anna', 'other.gguf', { unloadFirst: [id] })).rejects.toMatchObject({ code: 'MODEL_MISSING' });
	expect(engine.deployments('bob').map((deployment) => deployment.id)).toEqual([id]);
});
