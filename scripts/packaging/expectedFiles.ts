import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import mainBuild from '../../src-main/vite.config.ts';
import { shippedPackages } from './shippedPackages.ts';

/** Every file of ours that the package must hold, relative to `root`: what was built, and what ships beside it. */
export async function expectedFiles(root: string): Promise<string[]> {
	const programs = Object.keys(mainBuild.build?.rolldownOptions?.input ?? {}).map((name) => `dist/main/${name}.js`);
	const folders = ['dist', 'resources/migrations', 'resources/prompts', 'resources/cmaps', 'resources/passwords', 'resources/finetune', 'models'];
	const files = await Promise.all(folders.map((folder) => filesIn(root, folder)));
	const tray = ['resources/icons/tray.png', 'resources/icons/tray@2x.png'];
	return [
		'package.json',
		...programs,
		...tray,
		'dist/preload/preload.cjs',
		'dist/renderer/index.html',
		...files.flat().filter((file) => !file.endsWith('.map')),
	];
}

/** The names of the packages that are installed here and must ship; of llama.cpp's builds those for this machine but the one for older CUDA. */
export function expectedPackages(root: string): string[] {
	const { platform, arch } = process;
	const system = platform === 'win32' ? 'win' : platform === 'darwin' ? 'mac' : platform;
	return [...shippedPackages(root)].filter((name) => {
		if (!existsSync(path.join(root, 'node_modules', name, 'package.json'))) return false;
		return !name.startsWith('@node-llama-cpp/') || (name.startsWith(`@node-llama-cpp/${system}-${arch}`) && !name.endsWith('-cuda-ext'));
	});
}

async function filesIn(root: string, folder: string): Promise<string[]> {
	const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
