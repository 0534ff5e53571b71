import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeGguf } from '../../../src-main/features/library/gguf/writeGguf.ts';
import { testModelContent } from '../../../src-main/features/library/testModel.ts';

/** The bytes of a test model by another name, with weights of its own: a small real GGUF to be downloaded. */
export async function namedModel(name: string, seed: number): Promise<Buffer> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-hub-'));
	try {
		const file = path.join(folder, 'model.gguf');
		const { metadata, tensors } = testModelContent({ seed });
		await writeGguf(file, { metadata: { ...metadata, 'general.name': { type: 'string', value: name } }, tensors });
		return await readFile(file);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
