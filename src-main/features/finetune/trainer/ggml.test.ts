import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findLibraries, librariesIn } from './findLibraries.ts';
import { ggmlVersion, openGgml } from './ggml.ts';

/** Some library that has nothing to do with llama.cpp. */
function foreignLibrary(): string {
	const folder = path.resolve('node_modules/@koromix');
	const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('.node'));
	if (!found) throw new Error('koffi has no library for this system');
	return path.join(folder, found);
}

test('the libraries that ship are those that the signatures were written for', async () => {
	expect(openGgml(await findLibraries()).version()).toBe(ggmlVersion);
});

test('another build is refused with a sentence, not with a crash', async () => {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-libraries-'));
	try {
		const files = await findLibraries();
		expect(() => openGgml({ ...files, base: foreignLibrary() })).toThrow(expect.objectContaining({ kind: 'librariesDiffer' }));
		expect(() => librariesIn(folder)).toThrow(expect.objectContaining({ kind: 'librariesMissing' }));
		const damaged = path.join(folder, path.basename(files.base));
		writeFileSync(damaged, 'no library');
		copyFileSync(files.registry, path.join(folder, path.basename(files.registry)));
		expect(() => openGgml(librariesIn(folder))).toThrow(expect.objectContaining({ kind: 'librariesMissing' }));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
