import { expect, test } from 'vitest';
import { childEnvironment } from './childEnvironment.ts';

test('M4 lets through what programs and compute libraries need, and nothing that could be a secret', () => {
	const given = {
		PATH: '/bin',
		HOME: '/home/a',
		LANG: 'C.UTF-8',
		XDG_DATA_HOME: '/x',
		CUDA_VISIBLE_DEVICES: '0',
		GGML_VK_VISIBLE_DEVICES: '0',
		HOMEROOM_GPU: 'off',
		XDG_TOKEN: 'a',
		CUDA_API_KEY: 'b',
		HF_TOKEN: 'c',
		AWS_SECRET_ACCESS_KEY: 'd',
		DB_PASSWORD: 'e',
		NODE_OPTIONS: '--require evil',
		LD_PRELOAD: '/evil.so',
		npm_config_registry: 'x',
	};
	expect(Object.keys(childEnvironment(given)).sort()).toEqual([
		'CUDA_VISIBLE_DEVICES',
		'GGML_VK_VISIBLE_DEVICES',
		'HOME',
		'HOMEROOM_GPU',
		'LANG',
		'PATH',
		'XDG_DATA_HOME',
	]);
});
