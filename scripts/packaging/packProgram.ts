import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type CliOptions, type Configuration } from 'electron-builder';
import { parse } from 'yaml';
import { bundledPackages } from './shippedPackages.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Packs what `npm run build` has built, by electron-builder.yml, without the packages whose code the bundle holds already.
 *
 * @param wishes what electron-builder's own command takes, such as `linux: ['dir']`; left out: this system's targets.
 * @param config what differs from electron-builder.yml.
 * @returns the files that were made.
 */
export async function packProgram(wishes: CliOptions = {}, config: Configuration = {}): Promise<string[]> {
	const said: Configuration = parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));
	const files = [said.files ?? []].flat();
	// electron-builder lays packages out anew: where one is installed does not tell where it would lie.
	const bundled = [...bundledPackages(root)].map((name) => `!**/node_modules/${name}{,/**/*}`);
	return await build({ projectDir: root, publish: 'never', ...wishes, config: { ...said, ...config, files: [...files, ...bundled] } });
}
