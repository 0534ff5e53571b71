import { expect, test } from 'vitest';
import { isDigest, isFilePath, isRepoName, readCommit } from './remoteNames.ts';

test('takes the names that files and repositories have', () => {
	const paths = ['a.gguf', 'sub folder/Model-Q4_K_M.gguf', '模型-Q8_0.gguf', 'Qwen2.5+(v1)-F16-00001-of-00002.gguf', 'UD-Q4/..a.gguf', 'été.gguf'];
	expect(paths.filter((path) => !isFilePath(path))).toEqual([]);
	expect(['Qwen/Qwen3-4B-GGUF', 'unsloth/gemma-3n-E4B-it-GGUF', 'a/b', '_x/y_z.1'].filter((name) => !isRepoName(name))).toEqual([]);
});

test('a digest is 64 lower-case digits after sha256:, a commit 40', () => {
	const hex = 'a'.repeat(64);
	expect([`sha256:${hex}`, `sha256:${hex}\n`, `SHA256:${hex}`, `sha256:${hex.toUpperCase()}`, `sha256-${hex}`, `sha256:${hex}0`, hex].map(isDigest)).toEqual([
		true,
		...new Array(6).fill(false),
	]);
	expect(() => readCommit('main')).toThrow(expect.objectContaining({ code: 'NAME_NOT_ALLOWED' }));
});
