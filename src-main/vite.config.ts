import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

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
		rolldownOptions: {
			input: {
				desktop: here('desktop.ts'),
				serve: here('serve.ts'),
				engineHost: here('features/engine/host/engineHost.ts'),
				inspectWorker: here('features/library/inspectWorker.ts'),
				sumWorker: here('features/library/sumWorker.ts'),
				transferWorker: here('features/market/transfer/transferWorker.ts'),
				convertWorker: here('features/convert/convertWorker.ts'),
				sheetWorker: here('features/grading/sheets/sheetWorker.ts'),
				documentHost: here('platform/documents/host/documentHost.ts'),
				speechHost: here('platform/speech/host/speechHost.ts'),
				runTrainer: here('features/finetune/trainer/runTrainer.ts'),
			},
			output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
		},
	},
	// Everything that is JavaScript goes into the bundle: opening hundreds of small files is most of what a start takes. pdfmake and what
	// it asks look for their own folders, and only the thread that writes sheets asks for it.
	ssr: { noExternal: true, external: ['electron', '@node-rs/argon2', 'better-sqlite3', 'koffi', 'node-llama-cpp', 'pdfmake', 'sherpa-onnx-node'] },
});
