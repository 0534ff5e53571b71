import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import type { Job } from '#contract/jobs.ts';
import type { RemoteEntry, RemoteFile, RemoteModel, RemoteVerdict } from '#contract/market.ts';
import type { Settings } from '#contract/settings.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';
import type { CatalogFilter, CatalogItem } from './filterCatalog.ts';
import type { RemoteName } from './readQuery.ts';
import type { KnownFit } from './recommendFile.ts';
import { createTurnQueue } from './turnQueue.ts';

export type SearchSort = NonNullable<Inputs['market']['search']['sort']>;

/** What one search found so far; `more`: there is more to be had. */
export interface SearchResults {
	words: string;
	sort: SearchSort;
	entries: RemoteEntry[];
	more: boolean;
	isBusy: boolean;
	error: unknown;
}

/** How a file would fit: asked for, known, or why that cannot be told. */
export type Fit = { kind: 'asked' } | { kind: 'known'; verdict: RemoteVerdict } | { kind: 'failed'; error: unknown };

interface MarketState {
	/** Null until read. */
	settings: Settings | null;
	/** Null where the reader may not know. */
	hasToken: boolean | null;
	catalog: CatalogItem[] | null;
	catalogError: unknown;
	filter: CatalogFilter;
	results: SearchResults | null;
	/** By `nameKey`, as they were last shown. */
	models: Record<string, RemoteModel>;
	modelErrors: Record<string, unknown>;
	/** By `fileKey`. */
	fits: Record<string, Fit>;
	/** What files became that were started or taken in from here, by `fileKey`. */
	kept: Record<string, string>;
	jobs: Record<string, string>;
	busy: Record<string, true>;
}

/** What the screens for finding and downloading models show; the truth is in the app. */
export const useMarket = create<MarketState>(() => ({
	settings: null,
	hasToken: null,
	catalog: null,
	catalogError: null,
	filter: { suits: null, language: null, fitsOnly: false },
	results: null,
	models: {},
	modelErrors: {},
	fits: {},
	kept: {},
	jobs: {},
	busy: {},
}));

/** What a model is called among all sources. */
export const nameKey = ({ source, name }: RemoteName) => `${source}:${name}`;
/** What a file is called among all sources, whatever the revision. */
export const fileKey = (model: RemoteName, fileId: string) => `${nameKey(model)}/${fileId}`;

/** Reads what of the settings these screens tell of. What fails is left out: the screens work without it. */
export async function readSurroundings(): Promise<void> {
	const [settings, token] = await Promise.allSettled([client.settings.get(), client.market.token()]);
	useMarket.setState({
		...(settings.status === 'fulfilled' ? { settings: settings.value } : {}),
		hasToken: token.status === 'fulfilled' ? token.value.isSet : null,
	});
}

/** Reads the catalogue with how its models fit now. */
export async function readCatalog(): Promise<void> {
	try {
		useMarket.setState({ catalog: await client.market.catalog(), catalogError: null });
	} catch (catalogError) {
		useMarket.setState({ catalogError });
	}
}

/** Searches by words, unless their results are here already. An answer that comes after another search began is let go. */
export async function search(words: string, sort: SearchSort): Promise<void> {
	const before = useMarket.getState().results;
	if (before?.words === words && before.sort === sort && before.error === null) return;
	await find({ words, sort, entries: [], more: false, isBusy: true, error: null });
}

/** Goes on after the results already had. */
export async function searchMore(): Promise<void> {
	const before = useMarket.getState().results;
	if (before !== null && !before.isBusy) await find({ ...before, isBusy: true, error: null });
}

async function find(begun: SearchResults): Promise<void> {
	const settle = (changes: Partial<SearchResults>) => {
		if (useMarket.getState().results === begun) useMarket.setState({ results: { ...begun, ...changes, isBusy: false } });
	};
	useMarket.setState({ results: begun });
	try {
		const { entries, more } = await client.market.search({ query: begun.words, sort: begun.sort, skip: begun.entries.length });
		const had = new Set(begun.entries.map(nameKey));
		settle({ entries: [...begun.entries, ...entries.filter((entry) => !had.has(nameKey(entry)))], more });
	} catch (error) {
		settle({ error });
	}
}

/** Reads a model with its files; how they fit is asked anew, since memory has moved on. */
export async function openModel(named: RemoteName): Promise<void> {
	const key = nameKey(named);
	useMarket.setState(({ modelErrors }) => ({ modelErrors: { ...modelErrors, [key]: null } }));
	try {
		const model = await client.market.show(named);
		// A source may know it by a fuller name than it was asked for: `qwen3` is `qwen3:latest`.
		const prefix = `${nameKey(model)}/`;
		useMarket.setState(({ models, fits }) => ({
			models: { ...models, [key]: model },
			fits: Object.fromEntries(Object.entries(fits).filter(([file]) => !file.startsWith(prefix))),
		}));
	} catch (error) {
		useMarket.setState(({ modelErrors }) => ({ modelErrors: { ...modelErrors, [key]: error } }));
	}
}

const inTurn = createTurnQueue(2);

/** Asks how a file would fit, once and in its turn; the returned function lets that go where it has not begun. */
export function wantFit(model: RemoteModel, file: RemoteFile): () => void {
	const key = fileKey(model, file.id);
	const state = useMarket.getState().fits[key];
	if (state !== undefined && state.kind !== 'failed') return () => {};
	const set = (fit: Fit) => useMarket.setState(({ fits }) => ({ fits: { ...fits, [key]: fit } }));
	return inTurn(key, async () => {
		set({ kind: 'asked' });
		try {
			const { source, name, revision } = model;
			set({ kind: 'known', verdict: await client.market.plan({ source, name, revision, fileId: file.id }) });
		} catch (error) {
			set({ kind: 'failed', error });
		}
	});
}

/** A fit as recommending a file sees it. */
export function knownFit(fit: Fit | undefined): KnownFit {
	if (fit?.kind === 'known') return fit.verdict.verdict.kind;
	return fit?.kind === 'failed' ? 'failed' : 'unknown';
}

/** Starts to download a file and answers with its job, which may be one that was there already; null when that failed and was told. */
export async function download(model: RemoteModel, file: RemoteFile, projectorId: string | null): Promise<Job | null> {
	return doFor(fileKey(model, file.id), () => startDownload(model, file, projectorId));
}

/** Downloads an entry of the catalogue: looks its file up at its source first. `notThere`: the source has it no more under this name. */
export async function downloadEntry({ entry }: CatalogItem): Promise<Job | 'notThere' | null> {
	const named: RemoteName = { source: 'huggingface', name: entry.repo };
	return doFor(fileKey(named, entry.file), async () => {
		const model = await client.market.show(named);
		const file = model.files.find(({ id }) => id === entry.file);
		return file ? startDownload(model, file, null) : 'notThere';
	});
}

async function startDownload({ source, name, revision }: RemoteModel, file: RemoteFile, projectorId: string | null): Promise<Job> {
	const key = fileKey({ source, name }, file.id);
	try {
		const job = await client.market.download({ source, name, revision, fileId: file.id, projectorId });
		useMarket.setState(({ jobs }) => ({ jobs: { ...jobs, [key]: job.id } }));
		return job;
	} catch (error) {
		const modelId = existingModel(error);
		if (modelId !== null) useMarket.setState(({ kept }) => ({ kept: { ...kept, [key]: modelId } }));
		throw error;
	}
}

/** Takes a file into the library where another program keeps it; true when it is there. */
export async function takeStored(model: RemoteName, file: RemoteFile): Promise<boolean> {
	const key = fileKey(model, file.id);
	const isTaken = await doFor(key, async () => {
		const { models, refused } = await client.library.importStored({ ids: file.stored ? [file.stored.id] : [] });
		if (refused[0]) throw refused[0].failure;
		const [first] = models;
		if (first) useMarket.setState(({ kept }) => ({ kept: { ...kept, [key]: first.id } }));
		return true;
	});
	return isTaken === true;
}

/** Loads a model as its plan says; the deployments tell how that goes. Answers `tooBig` where that needs a decision about its memory. */
export async function loadModel(modelId: string): Promise<'tooBig' | null> {
	return doFor(modelId, async () => {
		try {
			await client.engine.load({ modelId });
			return null;
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'MODEL_TOO_BIG') return 'tooBig';
			throw error;
		}
	});
}

/** Does something for one row, marked busy meanwhile; what it fails with is told, and the answer is null. */
async function doFor<T>(key: string, work: () => Promise<T>): Promise<T | null> {
	useMarket.setState(({ busy }) => ({ busy: { ...busy, [key]: true } }));
	try {
		return await work();
	} catch (error) {
		notifyError(error);
		return null;
	} finally {
		useMarket.setState(({ busy: { [key]: _done, ...busy } }) => ({ busy }));
	}
}

function existingModel(error: unknown): string | null {
	const isExisting = error instanceof Error && 'code' in error && error.code === 'MODEL_EXISTS' && 'data' in error;
	if (!isExisting || typeof error.data !== 'object' || error.data === null || !('modelId' in error.data)) return null;
	return typeof error.data.modelId === 'string' ? error.data.modelId : null;
}
