// Builds everything that runs: dist/main (both hosts, engine host, workers), dist/preload, dist/renderer.
// usage: node scripts/build.mjs [main] [preload] [renderer]      (all three when none is named)
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { collectLicences } from './collectLicences.ts';

const configs = {
	main: '../src-main/vite.config.ts',
	preload: '../src-preload/vite.config.ts',
	renderer: '../src-renderer/vite.config.ts',
};
const named = process.argv.slice(2);
for (const [name, config] of Object.entries(configs)) {
	if (named.length === 0 || named.includes(name)) await build({ configFile: fileURLToPath(new URL(config, import.meta.url)), logLevel: 'warn' });
}
if (named.length === 0) collectLicences(fileURLToPath(new URL('..', import.meta.url)));
