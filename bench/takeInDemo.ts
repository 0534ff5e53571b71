import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Library } from '../src-main/features/library/library.ts';

const demo = join(import.meta.dirname, '../models/homeroom-demo.gguf');

/** Takes the demonstration model, or the one that `HOMEROOM_DEMO` names, into a library from a folder of its own, and tells its id. */
export async function takeInDemo(library: Library, folder: string): Promise<string> {
	const file = join(folder, 'demo.gguf');
	await copyFile(process.env.HOMEROOM_DEMO ?? demo, file);
	const [model] = (await library.importPath('ann', file, 'inPlace')).models;
	if (!model) throw new Error('the demonstration model was not taken in');
	return model.id;
}
