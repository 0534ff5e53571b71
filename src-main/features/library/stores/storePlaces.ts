import path from 'node:path';
import type { StoreProgram } from '#contract/library.ts';

/** What decides where programs keep their models. */
export interface StoreSystem {
	platform: NodeJS.Platform;
	/** The user's home folder. */
	home: string;
	env: Readonly<Record<string, string | undefined>>;
}

/** Where a program may keep models. */
export interface StorePlaces {
	/** The folders themselves, those that the user set first. */
	folders: string[];
	/** Files in which the program notes where else it keeps them. */
	notes: { file: string; kind: 'lmstudioHome' | 'lmstudioSettings' | 'janSettings' }[];
}

/**
 * Where the programs whose stores are known keep their models, by their documentation and source:
 *
 * - Ollama: https://github.com/ollama/ollama/blob/main/docs/faq.md#where-are-models-stored
 * - LM Studio: https://lmstudio.ai/docs/app/advanced/import-model and `findLMStudioHome` in
 *   https://github.com/lmstudio-ai/lmstudio.js/blob/main/packages/lms-common-server/src/findLMStudioHome.ts
 * - Jan: https://github.com/janhq/jan/blob/main/src-tauri/src/core/app/commands.rs (`resolve_jan_data_folder`)
 * - the Hugging Face cache: https://huggingface.co/docs/hub/local-cache
 */
export function storePlaces({ platform, home, env }: StoreSystem): Record<StoreProgram, StorePlaces> {
	const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
	/** What a variable names; a relative path would lead somewhere else each time. */
	const set = (name: string): string[] => {
		const value = env[name];
		return value && isAbsolute(value) ? [value] : [];
	};
	const [cache = join(home, '.cache')] = set('XDG_CACHE_HOME');
	const lmstudio = [join(home, '.lmstudio'), join(home, '.cache', 'lm-studio')];
	const janRoot = join(appData({ platform, home, env }), 'Jan');
	const janData = [...set('JAN_DATA_FOLDER'), join(janRoot, 'data'), join(home, 'jan')];
	return {
		ollama: {
			folders: [...set('OLLAMA_MODELS'), join(home, '.ollama', 'models'), ...(platform === 'linux' ? ['/usr/share/ollama/.ollama/models'] : [])],
			notes: [],
		},
		lmstudio: {
			folders: lmstudio.map((folder) => join(folder, 'models')),
			notes: [
				{ file: join(home, '.lmstudio-home-pointer'), kind: 'lmstudioHome' },
				...lmstudio.map((folder) => ({ file: join(folder, 'settings.json'), kind: 'lmstudioSettings' as const })),
			],
		},
		jan: {
			folders: janData.flatMap((folder) => janFolders(folder, join)),
			notes: [{ file: join(janRoot, 'settings.json'), kind: 'janSettings' }],
		},
		huggingface: {
			folders: [
				...set('HF_HUB_CACHE'),
				...set('HUGGINGFACE_HUB_CACHE'),
				...set('HF_HOME').map((folder) => join(folder, 'hub')),
				join(cache, 'huggingface', 'hub'),
			],
			notes: [],
		},
	};
}

/** Where Jan keeps models in a data folder: now, and before version 0.6. */
export function janFolders(dataFolder: string, join: (...parts: string[]) => string): string[] {
	return [join(dataFolder, 'llamacpp', 'models'), join(dataFolder, 'models')];
}

/** The folder that programs of this system keep their data in. */
function appData({ platform, home, env }: StoreSystem): string {
	if (platform === 'win32') return env.APPDATA || path.win32.join(home, 'AppData', 'Roaming');
	if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support');
	return env.XDG_DATA_HOME || path.posix.join(home, '.local', 'share');
}
