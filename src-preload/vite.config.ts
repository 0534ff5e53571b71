import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A sandboxed preload is one CommonJS file that may require nothing but `electron`. */
export default defineConfig({
	root: here('..'),
	build: {
		ssr: true,
		target: 'chrome140',
		outDir: here('../dist/preload'),
		emptyOutDir: true,
		minify: false,
		// Whose code is in the bundle; scripts/collectLicences.ts makes one list of all.
		license: { fileName: 'licences.json' },
		rolldownOptions: { input: here('preload.ts'), output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
	},
	ssr: { noExternal: true, external: ['electron'] },
});
