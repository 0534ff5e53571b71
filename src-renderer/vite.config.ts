import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the page for both hosts: relative addresses, no inlined files (the page's CSP refuses data: fonts), one chunk a screen. */
export default defineConfig({
	root: here('.'),
	base: './',
	publicDir: false,
	plugins: [react()],
	server: { fs: { allow: [here('..')] } },
	build: {
		outDir: here('../dist/renderer'),
		emptyOutDir: true,
		target: 'chrome130',
		assetsInlineLimit: 0,
		// Whose code is in the bundle; scripts/collectLicences.ts makes one list of all.
		license: { fileName: 'licences.json' },
		modulePreload: { polyfill: false },
		// KiB: what every page begins with is one file.
		chunkSizeWarningLimit: 800,
		rolldownOptions: {
			output: {
				codeSplitting: {
					// What every page begins with is few files rather than dozens of small ones: each takes a request.
					groups: [
						// Not the page and its script, which wait for the first screen, and that for these.
						{ name: 'first', tags: ['$initial'], test: (id) => !/\/(main\.tsx|index\.html)$/.test(id), priority: 1 },
						{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|zustand|i18next|react-i18next)[\\/]/ },
						{ name: 'markdown', test: /node_modules[\\/](react-markdown|remark-|rehype-|micromark|mdast-|hast-|unist-|unified|vfile)/ },
					],
				},
			},
		},
	},
});
