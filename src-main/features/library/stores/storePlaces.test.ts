import { expect, test } from 'vitest';
import { type StoreSystem, storePlaces } from './storePlaces.ts';

const foldersOf = (system: StoreSystem) => Object.fromEntries(Object.entries(storePlaces(system)).map(([program, { folders }]) => [program, folders]));

test('knows where programs keep their models on Linux', () => {
	expect(storePlaces({ platform: 'linux', home: '/home/li', env: {} })).toEqual({
		ollama: { folders: ['/home/li/.ollama/models', '/usr/share/ollama/.ollama/models'], notes: [] },
		lmstudio: {
			folders: ['/home/li/.lmstudio/models', '/home/li/.cache/lm-studio/models'],
			notes: [
				{ file: '/home/li/.lmstudio-home-pointer', kind: 'lmstudioHome' },
				{ file: '/home/li/.lmstudio/settings.json', kind: 'lmstudioSettings' },
				{ file: '/home/li/.cache/lm-studio/settings.json', kind: 'lmstudioSettings' },
			],
		},
		jan: {
			folders: [
				'/home/li/.local/share/Jan/data/llamacpp/models',
				'/home/li/.local/share/Jan/data/models',
				'/home/li/jan/llamacpp/models',
				'/home/li/jan/models',
			],
			notes: [{ file: '/home/li/.local/share/Jan/settings.json', kind: 'janSettings' }],
		},
		huggingface: { folders: ['/home/li/.cache/huggingface/hub'], notes: [] },
	});
});

test('knows where they do on macOS', () => {
	expect(foldersOf({ platform: 'darwin', home: '/Users/li', env: {} })).toMatchObject({
		ollama: ['/Users/li/.ollama/models'],
		lmstudio: ['/Users/li/.lmstudio/models', '/Users/li/.cache/lm-studio/models'],
		jan: expect.arrayContaining(['/Users/li/Library/Application Support/Jan/data/llamacpp/models']),
		huggingface: ['/Users/li/.cache/huggingface/hub'],
	});
});

test.each([
	['by the variable', { APPDATA: 'D:\\Roaming' }, 'D:\\Roaming\\Jan\\data\\llamacpp\\models'],
	['without it', {}, 'C:\\Users\\li\\AppData\\Roaming\\Jan\\data\\llamacpp\\models'],
])('knows where they do on Windows, %s', (_, env, jan) => {
	expect(foldersOf({ platform: 'win32', home: 'C:\\Users\\li', env })).toMatchObject({
		ollama: ['C:\\Users\\li\\.ollama\\models'],
		lmstudio: expect.arrayContaining(['C:\\Users\\li\\.lmstudio\\models']),
		jan: expect.arrayContaining([jan]),
		huggingface: ['C:\\Users\\li\\.cache\\huggingface\\hub'],
	});
});

test('looks first where the user says, and nowhere that is said by half', () => {
	const env = {
		OLLAMA_MODELS: '/data/ollama',
		JAN_DATA_FOLDER: '/data/jan',
		HF_HUB_CACHE: '/data/hub',
		HF_HOME: '/data/hf',
		XDG_CACHE_HOME: '/data/cache',
		XDG_DATA_HOME: '/data/share',
	};
	const found = foldersOf({ platform: 'linux', home: '/home/li', env });
	expect([found.ollama?.[0], found.jan?.[0], found.jan?.[2], found.huggingface]).toEqual([
		'/data/ollama',
		'/data/jan/llamacpp/models',
		'/data/share/Jan/data/llamacpp/models',
		['/data/hub', '/data/hf/hub', '/data/cache/huggingface/hub'],
	]);
	expect(foldersOf({ platform: 'linux', home: '/home/li', env: { OLLAMA_MODELS: 'models', HF_HOME: '' } })).toEqual(
		foldersOf({ platform: 'linux', home: '/home/li', env: {} }),
	);
});
