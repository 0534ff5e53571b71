import path, { relative } from 'node:path';
import { z } from 'zod';
import type { StoreProgram } from '#contract/library.ts';
import { readHuggingFaceCache } from './readHuggingFaceCache.ts';
import { readOllamaStore } from './readOllamaStore.ts';
import { findsOfFiles, type StoreFind } from './StoreFind.ts';
import { readJsonNote, readNote, StoreWalk } from './StoreWalk.ts';
import { janFolders, type StorePlaces, type StoreSystem, storePlaces } from './storePlaces.ts';

export type { StoreFind } from './StoreFind.ts';

const scanMs = 5000;

/**
 * Finds the models that other programs keep on this machine (storePlaces.ts tells where).
 *
 * Never throws, ends after some 5 s, and reads no model. Links are followed inside a store and never out of it; split models
 * that lack a part are left out.
 */
export async function scanStores(system: StoreSystem): Promise<StoreFind[]> {
	const places = storePlaces(system);
	const walk = new StoreWalk(scanMs);
	const finds: StoreFind[] = [];
	for (const program of ['ollama', 'lmstudio', 'jan', 'huggingface'] as const) {
		const found = new Map<string, StoreFind>();
		for (const folder of await foldersOf(places[program]))
			for (const find of await readStore(program, folder, walk)) if (!found.has(find.id)) found.set(find.id, find);
		finds.push(...found.values());
	}
	return finds;
}

function readStore(program: StoreProgram, folder: string, walk: StoreWalk): Promise<StoreFind[]> {
	if (program === 'ollama') return readOllamaStore(folder, walk);
	if (program === 'huggingface') return readHuggingFaceCache(folder, walk);
	return readFolder(program, folder, walk);
}

/** LM Studio keeps `<publisher>/<repository>/<file>.gguf`, Jan `<name>/model.gguf`. */
async function readFolder(program: StoreProgram, folder: string, walk: StoreWalk): Promise<StoreFind[]> {
	const files = await walk.files(folder, (name) => /\.gguf$/i.test(name));
	return findsOfFiles(program, files, (file) => relative(folder, file).replaceAll('\\', '/'));
}

const lmstudioSettings = z.object({ downloadsFolder: z.string() });
const janSettings = z.object({ data_folder: z.string() });

/** The folders of a program, with those that it notes itself. */
async function foldersOf({ folders, notes }: StorePlaces): Promise<Set<string>> {
	const all = [...folders];
	for (const { file, kind } of notes) {
		const home = kind === 'lmstudioHome' ? (await readNote(file))?.trim() : undefined;
		if (home) all.push(path.join(home, 'models'));
		if (kind === 'lmstudioSettings') all.push(lmstudioSettings.safeParse(await readJsonNote(file)).data?.downloadsFolder ?? '');
		const jan = kind === 'janSettings' ? janSettings.safeParse(await readJsonNote(file)).data : undefined;
		if (jan) all.push(...janFolders(jan.data_folder, path.join));
	}
	return new Set(all.filter((folder) => path.isAbsolute(folder)));
}
