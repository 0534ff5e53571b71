import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMoved } from './findMoved.ts';

test('a model that lies in the folder of models is used from there, also while its file is still where the data was before', () => {
	const root = mkdtempSync(join(tmpdir(), 'homeroom-moved-'));
	try {
		const [before, models] = [join(root, 'before'), join(root, 'models')];
		for (const folder of [before, models]) mkdirSync(folder);
		const records = ['same', 'other', 'linked'].map((name) => {
			const path = join(before, `${name}.gguf`);
			writeFileSync(path, name);
			utimesSync(path, 1_700_000_000, 1_700_000_000);
			const { size: sizeBytes, mtimeMs } = statSync(path);
			return { id: name, owned: name !== 'linked', files: [{ path, sizeBytes, modifiedAt: Math.floor(mtimeMs) }] };
		});
		for (const name of ['same', 'linked']) cpSync(join(before, `${name}.gguf`), join(models, `${name}.gguf`), { preserveTimestamps: true });
		writeFileSync(join(models, 'other.gguf'), 'another file');
		const moved: unknown[] = [];
		// Of the table only this is asked.
		findMoved({ all: () => records, updateFile: (...change: unknown[]) => moved.push(change) } as never, models);
		expect(moved).toEqual([['same', 0, { path: join(models, 'same.gguf') }]]);
	} finally {
		rmSync(root, { recursive: true });
	}
});
