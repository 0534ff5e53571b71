import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** So many files are remembered. */
const mostRemembered = 200;

/** Sums up files by their content (SHA-256), each once for as long as it stays as it is. Meant for adapters, of a few megabytes. */
export class FileDigests {
	readonly #known = new Map<string, { version: string; digest: Promise<string> }>();

	/** Rejects where the file cannot be read. */
	async of(file: string): Promise<string> {
		const { size, mtimeMs, ino } = await stat(file);
		const version = `${ino} ${size} ${mtimeMs}`;
		const before = this.#known.get(file);
		if (before?.version === version) return before.digest;
		const digest = sumUp(file);
		this.#known.delete(file);
		this.#known.set(file, { version, digest });
		digest.catch(() => this.#known.delete(file));
		const [oldest] = this.#known.keys();
		if (this.#known.size > mostRemembered && oldest !== undefined) this.#known.delete(oldest);
		return digest;
	}
}

async function sumUp(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return hash.digest('hex');
}
