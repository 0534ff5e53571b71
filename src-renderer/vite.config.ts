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
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|zustand|i18next|react-i18next)[\\/]/ },
						{ name: 'markdown', test: /node_modules[\\/](react-markdown|remark-|rehype-|micromark|mdast-|hast-|unist-|unified|vfile)/ },
					],
				},
			},
		},
	},
});
