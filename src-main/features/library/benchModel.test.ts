import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeBenchModel } from './benchModel.ts';
import { readGguf } from './gguf/readGguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(['qwen2', 'llama'] as const)('writes a %s of the shape that was asked for', async (architecture) => {
	const file = join(folder, `${architecture}.gguf`);
	const shape = { architecture, blocks: 2, width: 256, heads: 8, kvHeads: 2, feedForward: 512, vocabulary: 3000, contextTokens: 4096, type: 'Q8_0' } as const;
	await writeBenchModel(file, shape);
	expect(readGguf(file)).toMatchObject({
		architecture,
		blockCount: 2,
		embeddingLength: 256,
		headCount: 8,
		headCountKv: 2,
		keyLength: 32,
		feedForwardLength: 512,
		vocabularySize: 3000,
		contextTokens: 4096,
		quantization: 'Q8_0',
	});
});
