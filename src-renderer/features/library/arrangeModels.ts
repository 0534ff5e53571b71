import type { Model } from '#contract/library.ts';

/** What the table can be ordered by. */
export type ModelColumn = 'name' | 'source' | 'architecture' | 'parameters' | 'quantization' | 'context' | 'size' | 'lastUsed' | 'license';

export interface ModelOrder {
	column: ModelColumn;
	descending: boolean;
}

/** Which models are shown: those that hold every word of `text`, and are filed under `tag` where one is given. */
export interface ModelFilter {
	text: string;
	tag: string | null;
}

const values: Record<ModelColumn, (model: Model) => string | number | null> = {
	name: ({ name }) => name,
	source: originText,
	architecture: ({ architecture }) => architecture,
	parameters: ({ parameters }) => parameters,
	quantization: ({ quantization }) => quantization,
	context: ({ contextTokens }) => contextTokens,
	size: ({ sizeBytes }) => sizeBytes,
	lastUsed: ({ lastUsedAt }) => lastUsedAt,
	license: ({ license }) => license,
};

/** Columns of numbers, which start with the largest and stand at the right. */
const numbers: ReadonlySet<ModelColumn> = new Set(['parameters', 'context', 'size', 'lastUsed']);

/** Numbers in names count as such. Made once: a comparison by `localeCompare` with options makes one each time. */
const inWords = new Intl.Collator(undefined, { numeric: true });

/** The models that the filter lets through, in the order asked for; what has no value comes last either way, equal ones by name. */
export function arrangeModels(models: readonly Model[], filter: ModelFilter, order: ModelOrder): Model[] {
	const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
	const read = values[order.column];
	return models
		.filter((model) => (filter.tag === null || model.tags.includes(filter.tag)) && words.every((word) => searchText(model).includes(word)))
		.sort((a, b) => compare(read(a), read(b), order.descending) || inWords.compare(a.name, b.name) || a.addedAt - b.addedAt);
}

/** The order after a click on a column: its own first, turned round by the next click. */
export function orderBy(order: ModelOrder, column: ModelColumn): ModelOrder {
	return order.column === column ? { column, descending: !order.descending } : { column, descending: numbers.has(column) };
}

/** All tags in use, in the order of the alphabet. */
export function tagsOf(models: readonly Model[]): string[] {
	return [...new Set(models.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
}

/** Where a model came from, as its source writes it; empty for a file of this machine. */
export function originText({ origin }: Pick<Model, 'origin'>): string {
	switch (origin.source) {
		case 'huggingface':
			return origin.repo;
		case 'ollama':
			return origin.name;
		case 'store':
			return origin.program;
		case 'local':
		case 'demo':
		case 'test':
			return '';
	}
}

function searchText(model: Model): string {
	return [model.name, model.fileName, originText(model), model.architecture, model.quantization, model.license ?? '', ...model.tags].join('\n').toLowerCase();
}

function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	const ascending = typeof a === 'number' && typeof b === 'number' ? a - b : inWords.compare(String(a), String(b));
	return descending ? -ascending : ascending;
}
