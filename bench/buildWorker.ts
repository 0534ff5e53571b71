import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the transferring thread as it ships, into `folder`, and answers with its program. */
export async function buildWorker(folder: string): Promise<string> {
	const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
	await build({
		configFile: here('../src-main/vite.config.ts'),
		build: { outDir: folder, rolldownOptions: { input: { transferWorker: here('../src-main/features/market/transfer/transferWorker.ts') } } },
		logLevel: 'error',
	});
	await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
	return path.join(folder, 'transferWorker.js');
}
