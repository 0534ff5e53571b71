import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameApart, nameModel, nameStoredFiles } from './nameModel.ts';

test.each([
	['Qwen 3 4B Instruct', 'x.gguf', 'Qwen 3 4B Instruct'],
	[null, 'qwen3-4b-q4_k_m.gguf', 'qwen3-4b-q4_k_m'],
	['   ', 'x.gguf', 'x'],
	['two\nlines\tand \u202ereversed', 'x.gguf', 'two lines and reversed'],
	['\u200b\u2066', '\u200b.gguf', 'Model'],
	['通义千问', 'x.gguf', '通义千问'],
	['a'.repeat(500), 'x.gguf', 'a'.repeat(120)],
])('calls a model named %j', (ownName, fileName, name) => {
	expect(nameModel(ownName, fileName)).toBe(name);
});

test.each([
	['Qwen3-4B-Q4_K_M.gguf', 1, 'Qwen3-4B-Q4_K_M.gguf'],
	['Qwen3-4B-Q4_K_M.GGUF', 2, 'Qwen3-4B-Q4_K_M-2.gguf'],
	['我的模型 (1).gguf', 1, '我的模型-1.gguf'],
	['../../etc/passwd', 1, 'etc-passwd.gguf'],
	['C:\\x\\y.gguf', 1, 'C-x-y.gguf'],
	['CON.gguf', 1, 'model-CON.gguf'],
	['nul.tar.gguf', 1, 'model-nul.tar.gguf'],
	['.hidden.gguf', 1, 'hidden.gguf'],
	['...', 1, 'model.gguf'],
	['\0', 1, 'model.gguf'],
])('stores a file sent as %j', (senderName, attempt, name) => {
	expect(nameStoredFiles([senderName], attempt)[0]).toBe(name);
});

test('D3 never makes a name that leaves its folder, hides, is a device or does not fit a disk', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (senderName) => {
			const name = nameStoredFiles([senderName], 1)[0] ?? '';
			expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.gguf$/u);
			expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./i);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		}),
	);
});

test('models that call themselves the same are told apart by their files, then by a number', () => {
	const names: string[] = [];
	for (const file of ['a.gguf', 'b.gguf', 'b.gguf', 'b.gguf']) names.push(nameApart('Qwen', file, (name) => names.includes(name)));
	expect(names).toEqual(['Qwen', 'Qwen (b)', 'Qwen (b) 2', 'Qwen (b) 3']);
});
