import { defineConfig } from 'vitest/config';

/** Real engines and databases run in these tests: two files at a time are what a small machine bears. */
export default defineConfig({
	test: {
		include: ['src-*/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
		env: { HOMEROOM_GPU: 'off' },
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
});
