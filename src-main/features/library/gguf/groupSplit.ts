/** The files of one split model, as far as they are there. */
export interface SplitGroup {
	/** The name of its first part, whether that is there or not. */
	first: string;
	/** Those that are there, in order. */
	parts: string[];
	missing: string[];
}

const partForm = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
/** As many as the reader takes (readSplit.ts). */
const mostParts = 1000;

/**
 * Puts file names together that are parts of one model, in the order in which their first ones come. Names may have folders
 * before them; only parts in one folder belong together. A file that is not split is a group of its own.
 *
 * llama.cpp finds the parts of a model by this form of name and no other: `llama_split_path` in llama.cpp.
 */
export function groupSplit(fileNames: readonly string[]): SplitGroup[] {
	const groups = new Map<string, { files: Map<number, string>; name: (part: number) => string; parts: number }>();
	for (const fileName of new Set(fileNames)) {
		const place = splitPlaceOf(fileName);
		const key = place ? `${place.stem}\n${place.parts}` : fileName;
		const group = groups.get(key) ?? { files: new Map(), name: (part: number) => (place ? place.name(part) : fileName), parts: place?.parts ?? 1 };
		group.files.set(place?.part ?? 1, fileName);
		groups.set(key, group);
	}
	return [...groups.values()].map(({ files, name, parts }) => {
		const numbers = Array.from({ length: parts }, (_, i) => i + 1);
		return {
			first: files.get(1) ?? name(1),
			parts: numbers.flatMap((part) => files.get(part) ?? []),
			missing: numbers.filter((part) => !files.has(part)).map(name),
		};
	});
}

function splitPlaceOf(fileName: string) {
	const [, stem, index, count] = partForm.exec(fileName) ?? [];
	const [part, parts] = [Number(index), Number(count)];
	if (stem === undefined || parts > mostParts || part < 1 || part > parts) return null;
	return { stem, part, parts, name: (number: number) => `${stem}-${String(number).padStart(5, '0')}-of-${count}.gguf` };
}
