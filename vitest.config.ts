import { defineConfig } from 'vitest/config';

/** Real engines and databases run in these tests: two files at a time are what a small machine bears. `--mode soak` runs the long ones whole. */
export default defineConfig(({ mode }) => ({
	test: {
		include: ['src-*/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
		env: { HOMEROOM_GPU: 'off', ...(mode === 'soak' && { HOMEROOM_SOAK: '1' }) },
		setupFiles: mode === 'soak' ? [] : ['src-main/sameDraws.test-support.ts'],
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
}));
