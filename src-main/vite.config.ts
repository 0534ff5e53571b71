import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { unbundled } from './unbundled.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The app's own process and the entries of its children, for Node 24 and Electron 45. */
export default defineConfig({
	root: here('..'),
	build: {
		ssr: true,
		target: 'node24',
		outDir: here('../dist/main'),
		emptyOutDir: true,
		minify: false,
		// Whose code is in the bundle; scripts/collectLicences.ts makes one list of all.
		license: { fileName: 'licences.json' },
		rolldownOptions: {
			input: {
				desktop: here('desktop.ts'),
				serve: here('serve.ts'),
				homeroom: here('homeroom.ts'),
				engineHost: here('features/engine/host/engineHost.ts'),
				inspectWorker: here('features/library/inspectWorker.ts'),
				sumWorker: here('features/library/sumWorker.ts'),
				transferWorker: here('features/market/transfer/transferWorker.ts'),
				convertWorker: here('features/convert/convertWorker.ts'),
				backupWorker: here('features/backup/backupWorker.ts'),
				sheetWorker: here('features/grading/sheets/sheetWorker.ts'),
				documentHost: here('platform/documents/host/documentHost.ts'),
				speechHost: here('platform/speech/host/speechHost.ts'),
				runTrainer: here('features/finetune/trainer/runTrainer.ts'),
			},
			output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
		},
	},
	// Everything that is JavaScript goes into the bundle: opening hundreds of small files is most of what a start takes.
	ssr: { noExternal: true, external: unbundled },
});
