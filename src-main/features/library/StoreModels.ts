import { failure } from '#contract/errors.ts';
import type { StoredModel } from '#contract/library.ts';
import { type Refused, refusedFor } from './findModels.ts';
import type { Intake } from './Intake.ts';
import { findModelFiles } from './importPath.ts';
import type { ModelRecord, ModelTable } from './ModelTable.ts';
import { type StoreFind, scanStores } from './stores/scanStores.ts';
import type { StoreSystem } from './stores/storePlaces.ts';

/** How long what was found is taken for what is there, ms: a list of remote files asks for each of them. */
const freshMs = 10_000;

/** What other programs on this machine keep, seen from the library: what of it is on the list, and how it gets there. */
export class StoreModels {
	readonly #options: { table: ModelTable; intake: Intake; system: StoreSystem };
	#lastScan: { at: number; finds: Promise<StoreFind[]> } | null = null;

	constructor(options: { table: ModelTable; intake: Intake; system: StoreSystem }) {
		this.#options = options;
	}

	/** Everything that the other programs keep, looked for now. */
	async list(): Promise<StoredModel[]> {
		const finds = await this.#scan(0);
		const byPath = new Map(this.#options.table.all().flatMap(({ id, files }) => files.map(({ path }) => [path, id] as const)));
		return Promise.all(
			finds.map(async ({ id, program, name, kind, sizeBytes, paths, sha256s }) => {
				const [real] = await findModelFiles(paths).catch(() => []);
				const modelId = (real && byPath.get(real.path)) ?? this.#options.table.findBySha256(sha256s ?? [])?.id ?? null;
				return { id, program, name, kind, sizeBytes, modelId };
			}),
		);
	}

	/** Takes finds in, where they lie. What cannot be taken is told in `refused`. */
	async take(ids: readonly string[]): Promise<{ added: ModelRecord[]; refused: Refused[] }> {
		const finds = new Map((await this.#scan(0)).map((find) => [find.id, find]));
		const added: ModelRecord[] = [];
		const refused: Refused[] = [];
		for (const id of new Set(ids)) {
			const find = finds.get(id);
			try {
				if (!find) throw failure('FILE_NOT_FOUND', { path: id });
				const { program, name, license, defaults, sha256s } = find;
				const about = { origin: { source: 'store' as const, program }, name, license, defaults };
				added.push(await this.#options.intake.takeForeign(await findModelFiles(find.paths), { linked: false, ...(sha256s ? { sha256s } : {}) }, about));
			} catch (error) {
				refused.push(refusedFor(find?.name ?? id, error));
			}
		}
		return { added, refused };
	}

	/** Which program keeps files of these checksums, in this order; null where none does, or none names its files by them. */
	async find(sha256s: readonly string[]): Promise<{ program: StoreFind['program']; id: string } | null> {
		const finds = await this.#scan(freshMs);
		const found = finds.find((find) => find.sha256s?.length === sha256s.length && sha256s.every((sha256, i) => find.sha256s?.[i] === sha256));
		return found ? { program: found.program, id: found.id } : null;
	}

	#scan(freshForMs: number): Promise<StoreFind[]> {
		if (this.#lastScan && Date.now() - this.#lastScan.at < freshForMs) return this.#lastScan.finds;
		const finds = scanStores(this.#options.system);
		this.#lastScan = { at: Date.now(), finds };
		return finds;
	}
}
