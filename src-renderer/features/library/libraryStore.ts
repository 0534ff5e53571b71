import { create } from 'zustand';
import type { LoadWishes } from '#contract/engine.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { isGone } from './isGone.ts';
import { uploadFile } from './uploadFile.ts';

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

interface LibraryState {
	arrivals: Arrival[];
	error: unknown;
	/** Takes a file on this machine's disk into the library, where it lies. Rejects with the failure. */
	addPath: (path: string) => Promise<void>;
	/** Takes files that were chosen or dropped: by their path in the window, by sending them in a browser. */
	addFiles: (files: readonly File[]) => void;
	writeTestModel: () => Promise<void>;
	dismissArrival: (id: string) => void;
	load: (modelId: string, wishes: LoadWishes, anyway: boolean) => Promise<void>;
	unload: (deploymentId: string) => Promise<void>;
	clearError: () => void;
}

/** What the Models screen is doing; the models and deployments themselves come from the app (rpc/live.ts). */
export const useLibrary = create<LibraryState>((set) => ({
	arrivals: [],
	error: null,
	addPath: async (path) => {
		await client.library.importFile({ path });
	},
	addFiles: (files) => {
		for (const file of files) void arrive(file);
	},
	writeTestModel: async () => {
		const arrival = begin('', 0);
		await settle(arrival.id, client.library.writeTestModel());
	},
	dismissArrival: (id) => remove(id),
	load: async (modelId, wishes, anyway) => {
		await client.engine.load({ modelId, wishes, anyway });
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
}));

async function arrive(file: File): Promise<void> {
	const path = bridge()?.pathForFile(file);
	const stopping = new AbortController();
	const arrival = begin(file.name, path === undefined ? file.size : 0, () => stopping.abort());
	if (path !== undefined) {
		await settle(arrival.id, client.library.importFile({ path }));
		return;
	}
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
