import { create } from 'zustand';
import type { LoadWishes } from '#contract/engine.ts';
import type { FailureRecord } from '#contract/errors.ts';
import type { ImportMode } from '#contract/library.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { loadDemo } from '../../rpc/loadDemo.ts';
import { uploadFile } from '../../rpc/uploadFile.ts';
import { isGone } from './isGone.ts';

/** A model on its way into the library. `totalBytes` is 0 where nothing has to be sent. */
export interface Arrival {
	id: string;
	name: string;
	/** `sending` to the app, then `checking` there; `failed` stays until it is read. */
	state: 'sending' | 'checking' | 'failed';
	sentBytes: number;
	totalBytes: number;
	error: unknown;
	stop: () => void;
}

/** One of several that could not be done. */
export interface Refused {
	name: string;
	failure: FailureRecord;
}

/** What came of taking models in: how many are in the library now; copies come later, by a job. */
export interface Taken {
	count: number;
}

interface LibraryState {
	arrivals: Arrival[];
	/** What of the last deed on several models could not be done. */
	refused: readonly Refused[];
	error: unknown;
	/** Takes a file or a folder on this machine's disk into the library; what of a folder is refused is told on the screen. Rejects with the failure. */
	addPath: (path: string, mode: ImportMode) => Promise<Taken>;
	/** Takes models of other programs into the library, where they lie. Rejects with the failure. */
	addStored: (ids: string[]) => Promise<Taken>;
	/** Takes files that were chosen or dropped: by their path in the window, by sending them in a browser. */
	addFiles: (files: readonly File[]) => void;
	/** Takes in a file on this machine's disk where it lies, and tells of it as of one that was dropped. */
	addOpened: (name: string, path: string) => void;
	/** Takes the demonstration model in and begins to load it. */
	loadDemo: () => Promise<void>;
	dismissArrival: (id: string) => void;
	/** `unloadFirst`: deployments to take out of memory before. Rejects with the failure. */
	load: (modelId: string, wishes: LoadWishes, anyway: boolean, unloadFirst?: string[]) => Promise<void>;
	unload: (deploymentId: string) => Promise<void>;
	clearError: () => void;
	tellRefused: (refused: readonly Refused[]) => void;
}

/** What the Models screen is doing; the models and deployments themselves come from the app (rpc/live.ts). */
export const useLibrary = create<LibraryState>((set) => ({
	arrivals: [],
	refused: [],
	error: null,
	addPath: async (path, mode) => {
		const { models, refused } = await client.library.importPath({ path, mode });
		set({ refused });
		return { count: models.length };
	},
	addStored: async (ids) => {
		const { models, refused } = await client.library.importStored({ ids });
		set({ refused });
		return { count: models.length };
	},
	addFiles: (files) => {
		for (const file of files) void arrive(file);
	},
	addOpened: (name, path) => void settle(begin(name, 0).id, client.library.importPath({ path })),
	loadDemo: async () => {
		const arrival = begin('', 0);
		await settle(arrival.id, loadDemo());
	},
	dismissArrival: (id) => remove(id),
	load: async (modelId, wishes, anyway, unloadFirst = []) => {
		await client.engine.load({ modelId, wishes, anyway, unloadFirst });
	},
	unload: async (deploymentId) => {
		try {
			await client.engine.unload({ deploymentId });
		} catch (error) {
			// Gone already is what was asked for.
			if (!isGone(error)) set({ error });
		}
	},
	clearError: () => set({ error: null }),
	tellRefused: (refused) => set({ refused }),
}));

async function arrive(file: File): Promise<void> {
	const path = bridge()?.pathForFile(file);
	if (path !== undefined) {
		useLibrary.getState().addOpened(file.name, path);
		return;
	}
	const stopping = new AbortController();
	const arrival = begin(file.name, file.size, () => stopping.abort());
	const uploadId = crypto.randomUUID();
	const send = async () => {
		await uploadFile(file, uploadId, (sentBytes) => change(arrival.id, { sentBytes }), stopping.signal);
		change(arrival.id, { state: 'checking' });
		await client.library.importUpload({ uploadId, fileName: file.name });
	};
	await settle(arrival.id, send());
}

function begin(name: string, totalBytes: number, stop: () => void = () => {}): Arrival {
	const arrival: Arrival = { id: crypto.randomUUID(), name, state: totalBytes > 0 ? 'sending' : 'checking', sentBytes: 0, totalBytes, error: null, stop };
	useLibrary.setState(({ arrivals }) => ({ arrivals: [...arrivals, arrival] }));
	return arrival;
}

/** Lets an arrival go when the work ends; a failure stays to be read, a stop by the reader does not. */
async function settle(id: string, work: Promise<unknown>): Promise<void> {
	try {
		await work;
		remove(id);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') remove(id);
		else change(id, { state: 'failed', error });
	}
}

function change(id: string, changes: Partial<Arrival>): void {
	useLibrary.setState(({ arrivals }) => ({ arrivals: arrivals.map((arrival) => (arrival.id === id ? { ...arrival, ...changes } : arrival)) }));
}

function remove(id: string): void {
	useLibrary.setState(({ arrivals }) => ({ arrivals: arrivals.filter((arrival) => arrival.id !== id) }));
}
