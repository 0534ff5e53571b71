import { Refusal } from './HeaderCursor.ts';
import type { Metadata } from './readMetadata.ts';

/** Which part of a split model a file is. */
export interface SplitPlace {
	/** From 1 on. */
	part: number;
	parts: number;
	/** Tensors of all parts together. */
	tensors: number;
}

const mostParts = 1000;

/** Which part of a split model a file says it is; null for a whole one. The keys are those of llama.cpp's gguf-split. */
export function readSplit(metadata: Metadata): SplitPlace | null {
	const parts = metadata.get('split.count') ?? 0;
	if (parts === 0 || parts === 1) return null;
	const index = metadata.get('split.no');
	const tensors = metadata.get('split.tensors.count');
	const whole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
	if (!whole(parts) || !whole(index) || !whole(tensors)) throw new Refusal('impossible', 'It is a part of a split model and does not say which.');
	if (parts > mostParts) throw new Refusal('impossible', `It claims to be one of ${parts} parts, more than the ${mostParts} there can be.`);
	if (index >= parts) throw new Refusal('impossible', `It says that it is part ${index + 1} of ${parts}.`);
	return { part: index + 1, parts, tensors };
}

/** Refuses files that are not all parts of one split model, in order. */
export function checkParts(parts: readonly { metadata: Metadata; split: SplitPlace | null; tensors: readonly { name: string }[] }[]): void {
	const first = parts[0];
	if (!first) throw new Refusal('partsDiffer', 'It has no file.');
	const named = (metadata: Metadata) => metadata.get('general.architecture');
	const names = new Set<string>();
	for (const [i, { metadata, split, tensors }] of parts.entries()) {
		if (!split) throw new Refusal('partsDiffer', `File ${i + 1} of ${parts.length} is not a part of a split model.`);
		if (split.parts !== parts.length) throw new Refusal('partsDiffer', `File ${i + 1} is one of ${split.parts} parts, and there are ${parts.length} files.`);
		if (split.part !== i + 1) throw new Refusal('partsDiffer', `File ${i + 1} is part ${split.part} of the model.`);
		if (split.tensors !== first.split?.tensors || (named(metadata) !== undefined && named(metadata) !== named(first.metadata)))
			throw new Refusal('partsDiffer', `Part ${i + 1} belongs to another model than part 1.`);
		for (const { name } of tensors) {
			if (names.has(name)) throw new Refusal('partsDiffer', `The tensor “${name}” is in two parts.`);
			names.add(name);
		}
	}
	if (names.size !== first.split?.tensors)
		throw new Refusal('partsDiffer', `Its parts hold ${names.size} tensors, and it should have ${first.split?.tensors}.`);
}
