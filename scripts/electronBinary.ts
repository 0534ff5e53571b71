import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where Electron's binary lies, or null while it has not been fetched. Asking never fetches it. */
export function electronBinary(): string | null {
	const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
	try {
		const binary = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'), readFileSync(path.join(folder, 'path.txt'), 'utf8').trim());
		return existsSync(binary) ? binary : null;
	} catch {
		return null;
	}
}
