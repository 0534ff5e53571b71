import type { ModelDefaults, ModelKind, StoreProgram } from '#contract/library.ts';
import { groupSplit } from '../gguf/groupSplit.ts';
import { kindOfName } from '../gguf/readFileName.ts';
import type { StoreFile } from './StoreWalk.ts';

/** A model that another program keeps: files that nobody has looked into yet. */
export interface StoreFind {
	/** The same each time, as long as the program keeps the model. */
	id: string;
	program: StoreProgram;
	name: string;
	/** As the store or the file's name tells it. */
	kind: ModelKind;
	/** In the order of the parts. */
	paths: string[];
	/** Of all files. */
	sizeBytes: number;
	/** Where the store names its files by them; null where it does not. */
	sha256s: string[] | null;
	defaults: ModelDefaults | null;
	license: string | null;
}

/** What the GGUF files of a store are, parts of one model together. `nameOf` gives what a file is called in the store. */
export function findsOfFiles(program: StoreProgram, files: readonly StoreFile[], nameOf: (path: string) => string): StoreFind[] {
	const sizes = new Map(files.map((file) => [file.path, file.sizeBytes]));
	return groupSplit([...sizes.keys()]).flatMap(({ first, parts, missing }) => {
		const kind = kindOfName(first);
		if (missing.length > 0 || kind === null) return [];
		const name = nameOf(first)
			.replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '')
			.replace(/\/model$/, '');
		const sizeBytes = parts.reduce((sum, part) => sum + (sizes.get(part) ?? 0), 0);
		return [{ id: `${program}:${first}`, program, name, kind, paths: parts, sizeBytes, sha256s: null, defaults: null, license: null }];
	});
}
