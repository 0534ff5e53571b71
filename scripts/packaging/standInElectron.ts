import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** By which @electron/fuses finds the fuses in Electron's binary: https://github.com/electron/fuses#new-fuses */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseWireVersion = 1;
/** As many as @electron/fuses knows. */
const fuseCount = 8;

/**
 * Lays out what electron-builder takes for an unpacked Electron for Linux: everything is where it looks for it, and nothing of it runs. Its
 * fuses can be set and read.
 */
export async function layOutStandIn(folder: string): Promise<void> {
	await mkdir(path.join(folder, 'resources'), { recursive: true });
	await mkdir(path.join(folder, 'locales'), { recursive: true });
	const wire = Buffer.concat([Buffer.from(fuseMark, 'latin1'), Buffer.from([fuseWireVersion, fuseCount]), Buffer.alloc(fuseCount, '1')]);
	await writeFile(path.join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), { mode: 0o755 });
	for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'chrome_crashpad_handler'])
		await writeFile(path.join(folder, name), '');
}
