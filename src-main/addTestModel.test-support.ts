import { join } from 'node:path';
import type { Model } from '#contract/library.ts';
import { writeTestModel } from './features/library/testModel.ts';

/** Writes the test model into a folder and has it taken in where it lies, by what an administrator calls the app with. */
export async function addTestModel(client: { library: { importPath(input: { path: string }): Promise<{ models: Model[] }> } }, folder: string): Promise<Model> {
	const path = join(folder, 'homeroom-test-model.gguf');
	await writeTestModel(path);
	const { models } = await client.library.importPath({ path });
	if (!models[0]) throw new Error('the test model was not taken in');
	return models[0];
}
