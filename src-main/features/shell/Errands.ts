import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure } from '#contract/errors.ts';
import { mostCallBytes } from '#contract/mostCallBytes.ts';
import type { Errand } from '#contract/shell.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { HandedOver } from './readHandedOver.ts';

/** What the page is to do: what was handed over, and what was chosen in the menu. */
type Waiting = HandedOver | { kind: 'print' };

/** So many wait for a window that is not there yet; of more the oldest are let go. */
const mostWaiting = 100;

/**
 * What came to the window from outside of it, until its page takes it: also while there is no window yet, nobody is signed in, or the page is
 * loaded anew. The page is told ids alone and names no path: it is given what the person opened, and nothing else.
 */
export class Errands {
	readonly #waiting = new Map<string, Waiting>();
	readonly #listeners = new Set<() => void>();

	add(...errands: Waiting[]): void {
		for (const one of errands) this.#waiting.set(randomUUID(), one);
		for (const id of [...this.#waiting.keys()].slice(0, -mostWaiting)) this.#waiting.delete(id);
		this.#changed();
	}

	/** The ids of what waits, the oldest first, now and after each change. */
	watch(signal?: AbortSignal): AsyncGenerator<string[], void, void> {
		return latest<string[]>(
			(push) => {
				const tell = () => push([...this.#waiting.keys()]);
				tell();
				this.#listeners.add(tell);
				return () => this.#listeners.delete(tell);
			},
			{ signal },
		);
	}

	/**
	 * Takes one out, with what is in its file; `opened` is told the path of a file that can be opened.
	 *
	 * @throws NOT_FOUND, FILE_NOT_FOUND, FILE_NOT_ALLOWED, TOO_LARGE
	 */
	async take(id: string, opened: (path: string) => void = () => {}): Promise<Errand> {
		const taken = this.#waiting.get(id);
		if (taken === undefined) throw failure('NOT_FOUND', { what: 'errand' });
		this.#waiting.delete(id);
		this.#changed();
		if (taken.kind !== 'file') return taken;
		const name = path.basename(taken.path);
		const isModel = /\.gguf$/i.test(name);
		const bytes = isModel ? null : await readWhole(taken.path);
		opened(taken.path);
		return bytes === null ? { kind: 'model', name, path: taken.path } : { kind: 'file', name, file: new File([bytes], name) };
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}

/** Reads a file that is not larger than what can be handed to the page; what is no plain file, such as a device, is refused unopened. */
async function readWhole(file: string): Promise<Buffer<ArrayBuffer>> {
	try {
		const { size, ...found } = await stat(file).then((it) => ({ size: it.size, isFile: it.isFile() }));
		if (!found.isFile) throw failure('FILE_NOT_ALLOWED', { reason: 'notAFile' });
		if (size > mostCallBytes) throw failure('TOO_LARGE', { limitBytes: mostCallBytes });
		return await readBytes(file, size);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code === 'ENOENT' || code === 'ENOTDIR') throw failure('FILE_NOT_FOUND', { path: file });
		if (code === 'EACCES' || code === 'EPERM') throw failure('FILE_NOT_ALLOWED', { reason: 'noPermission' });
		throw error;
	}
}

/** Exactly the first so many, though the file grow meanwhile. */
async function readBytes(file: string, size: number): Promise<Buffer<ArrayBuffer>> {
	const handle = await open(file);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
}
