import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	schema: ['./src-main/features/*/schema.ts', './src-main/platform/*/schema.ts'],
	out: './resources/migrations',
});
