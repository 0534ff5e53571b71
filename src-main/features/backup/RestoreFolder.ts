import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolderNow } from '../../platform/disk/syncFolder.ts';
import { databaseName } from './manifest.ts';

/** The database with what SQLite keeps beside it, then the folders. */
const swapped = z.enum([databaseName, `${databaseName}-wal`, `${databaseName}-shm`, 'finetune', 'conversions', 'models']);

const restoreNote = z.strictObject({
	/** When what is restored was backed up, and where that lay. */
	backedUpAt: z.number().int(),
	from: z.string(),
	withModels: z.boolean(),
	/** What was done to the data folder, or will be. `back`: what a restore had replaced takes its place again. */
	act: z.enum(['restore', 'back']),
});
export type RestoreNote = z.infer<typeof restoreNote>;

const appliedNote = restoreNote.extend({ keptIn: z.enum(['before', 'undone']), at: z.number().int() });

/** A swap that is to be begun at the next start (`waiting`), or was cut short. */
const journal = restoreNote.extend({
	step: z.enum(['waiting', 'takingOut', 'bringingIn']),
	incoming: z.enum(['staged', 'before', 'undone']),
	outgoing: z.enum(['before', 'undone']),
});
type Journal = z.infer<typeof journal>;

/**
 * The folder in which data waits to take the place of the present one, and in which the one that was replaced is kept: `restore` in the data
 * folder, so that both only change their names.
 *
 * A swap is done at a start, before anything is open. Whatever cuts it short, the next start finishes it before it opens anything, so that what is
 * opened is all old or all new: first everything present goes out, then the journal says so, then everything new comes in.
 */
export class RestoreFolder {
	readonly #data: string;
	readonly #folder: string;

	constructor(dataFolder: string) {
		this.#data = dataFolder;
		this.#folder = join(dataFolder, 'restore');
	}

	/** What waits for the next start; null: nothing. */
	get waiting(): RestoreNote | null {
		const plan = this.#read('journal.json', journal);
		return plan && noteOf(plan);
	}

	/** A swap was begun and not finished: nothing in the data folder may be opened before it is. */
	get isCutShort(): boolean {
		const plan = this.#read('journal.json', journal);
		return plan !== null && plan.step !== 'waiting';
	}

	/** The last swap, of which the replaced data is kept; null where none is kept. */
	get applied() {
		return this.#read('applied.json', appliedNote);
	}

	/** An empty folder to unpack into; what an earlier attempt left in it is deleted. */
	emptyStage(): string {
		const stage = join(this.#folder, 'staged');
		rmSync(stage, { recursive: true, force: true });
		mkdirSync(stage, { recursive: true, mode: 0o700 });
		return stage;
	}

	/** From now on the next start puts what is in the stage in the place of what is there. */
	markReady(note: Omit<RestoreNote, 'act'>): void {
		this.#write('journal.json', { ...note, act: 'restore', step: 'waiting', incoming: 'staged', outgoing: 'before' } satisfies Journal);
	}

	/** The next start leaves everything as it is. */
	forget(): void {
		rmSync(join(this.#folder, 'journal.json'), { force: true });
		rmSync(join(this.#folder, 'staged'), { recursive: true, force: true });
	}

	/** From now on the next start puts back what the last swap replaced; what took its place is then kept instead. */
	markBack(): void {
		const last = this.applied;
		if (last === null) return;
		const { keptIn, at: _, ...note } = last;
		const act = last.act === 'back' ? 'restore' : 'back';
		this.#write('journal.json', { ...note, act, step: 'waiting', incoming: keptIn, outgoing: keptIn === 'before' ? 'undone' : 'before' } satisfies Journal);
	}

	/** Deletes the data that was replaced. */
	dropReplaced(): void {
		rmSync(join(this.#folder, 'applied.json'), { force: true });
		for (const kept of ['before', 'undone']) rmSync(join(this.#folder, kept), { recursive: true, force: true });
	}

	/** Bytes of the data that was replaced. */
	replacedBytes(): number {
		return this.applied === null ? 0 : bytesBelow(join(this.#folder, this.applied.keptIn));
	}

	/**
	 * Does the swap that waits or was cut short; null where there is none. Once at a start, under the lock of the data folder, before anything in it
	 * is opened. Throws what the disk says where the present data cannot be moved: then it is where it was, and nothing waits any more.
	 */
	swap(): RestoreNote | null {
		const plan = this.#read('journal.json', journal);
		if (plan === null) {
			// Unpacking that never came to its end.
			rmSync(join(this.#folder, 'staged'), { recursive: true, force: true });
			return null;
		}
		const { outgoing, incoming } = plan;
		if (plan.step === 'waiting') {
			rmSync(join(this.#folder, outgoing), { recursive: true, force: true });
			mkdirSync(join(this.#folder, outgoing), { recursive: true, mode: 0o700 });
			this.#write('journal.json', { ...plan, step: 'takingOut' });
		}
		if (plan.step !== 'bringingIn') {
			this.#takeOut(plan);
			this.#write('journal.json', { ...plan, step: 'bringingIn' });
		}
		this.#bringIn(plan);
		this.#write('applied.json', { ...noteOf(plan), keptIn: outgoing, at: Date.now() });
		rmSync(join(this.#folder, 'journal.json'), { force: true });
		syncFolderNow(this.#folder);
		rmSync(join(this.#folder, incoming), { recursive: true, force: true });
		return noteOf(plan);
	}

	#takeOut(plan: Journal): void {
		const outgoing = join(this.#folder, plan.outgoing);
		try {
			for (const item of itemsOf(plan)) {
				const [present, out] = [join(this.#data, item), join(outgoing, item)];
				// What is out already was made anew, empty, by this start.
				if (existsSync(out)) removeEmpty(present);
				else if (existsSync(present)) renameSync(present, out);
			}
		} catch (error) {
			this.#putIn(plan, outgoing);
			rmSync(join(this.#folder, 'journal.json'), { force: true });
			throw error;
		}
		syncFolderNow(outgoing);
		syncFolderNow(this.#data);
	}

	#bringIn(plan: Journal): void {
		this.#putIn(plan, join(this.#folder, plan.incoming));
		syncFolderNow(this.#data);
	}

	#putIn(plan: Journal, from: string): void {
		for (const item of itemsOf(plan)) {
			const [present, fresh] = [join(this.#data, item), join(from, item)];
			if (!existsSync(fresh)) continue;
			removeEmpty(present);
			renameSync(fresh, present);
		}
	}

	#read<T>(name: string, form: z.ZodType<T>): T | null {
		const file = join(this.#folder, name);
		if (!existsSync(file)) return null;
		return form.parse(JSON.parse(readFileSync(file, 'utf8')));
	}

	/** Whole or not at all. */
	#write(name: string, value: unknown): void {
		const file = join(this.#folder, name);
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600, flush: true });
		renameSync(`${file}.new`, file);
		syncFolderNow(this.#folder);
	}
}

function noteOf(plan: RestoreNote): RestoreNote {
	return { backedUpAt: plan.backedUpAt, from: plan.from, withModels: plan.withModels, act: plan.act };
}

/** Models that were not backed up stay. */
function itemsOf({ withModels }: RestoreNote): string[] {
	return swapped.options.filter((item) => item !== 'models' || withModels);
}

/** A folder that this start made; one with anything in it is nobody's to delete, and throws. */
function removeEmpty(path: string): void {
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) rmdirSync(path);
}

function bytesBelow(folder: string): number {
	if (!existsSync(folder)) return 0;
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce((bytes, { parentPath, name }) => bytes + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
