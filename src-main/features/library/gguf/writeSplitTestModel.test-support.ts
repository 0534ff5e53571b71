import { join } from 'node:path';
import { type TestModelOptions, testModelContent } from '../testModel.ts';
import { writeGguf } from './writeGguf.ts';

/** Writes the test model in `parts` files, as llama.cpp's gguf-split does, and returns their paths in order. */
export async function writeSplitTestModel(folder: string, name: string, parts: number, options: TestModelOptions = {}): Promise<string[]> {
	const { metadata, tensors } = testModelContent(options);
	const each = Math.ceil(tensors.length / parts);
	const digits = (number: number) => String(number).padStart(5, '0');
	const paths: string[] = [];
	for (let part = 0; part < parts; part++) {
		const path = join(folder, `${name}-${digits(part + 1)}-of-${digits(parts)}.gguf`);
		await writeGguf(path, {
			metadata: {
				...(part === 0 ? metadata : {}),
				'split.no': { type: 'uint16', value: part },
				'split.count': { type: 'uint16', value: parts },
				'split.tensors.count': { type: 'int32', value: tensors.length },
			},
			tensors: tensors.slice(part * each, (part + 1) * each),
		});
		paths.push(path);
	}
	return paths;
}
