import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where fine-tuning keeps its files: a folder for each run that is not over, one file for each adapter, and what is on its way. All names
 * are ids of ours.
 */
export class RunFolders {
	readonly path: string;
	/** Which safety prompts models refuse by themselves, by model. */
	readonly safety: string;

	constructor(path: string) {
		this.path = path;
		this.safety = join(path, 'safety');
	}

	ofRun(runId: string) {
		const folder = join(this.path, 'runs', runId);
		return {
			folder,
			training: join(folder, 'training.examples'),
			validation: join(folder, 'validation.examples'),
			general: join(folder, 'general.examples'),
		};
	}

	/** The files of something that lasts no longer than the call or the job that makes them. */
	work(id: string): string {
		return join(this.path, 'work', id);
	}

	adapter(adapterId: string): string {
		return join(this.path, 'adapters', `${adapterId}.gguf`);
	}

	async removeRun(runId: string): Promise<void> {
		await rm(join(this.path, 'runs', runId), { recursive: true, force: true });
	}

	async removeAdapter(adapterId: string): Promise<void> {
		await rm(this.adapter(adapterId), { force: true });
	}

	/**
	 * Makes the folders, and deletes what an earlier run of the app left behind: everything on its way, and what belongs to no run that goes on
	 * and to no adapter. Once, before anything is written.
	 */
	recover(runIds: ReadonlySet<string>, adapterIds: ReadonlySet<string>): void {
		for (const name of ['runs', 'adapters', 'work', 'safety']) mkdirSync(join(this.path, name), { recursive: true, mode: 0o700 });
		const drop = (folder: string, isKept: (name: string) => boolean) => {
			const whole = join(this.path, folder);
			for (const name of readdirSync(whole)) if (!isKept(name)) rmSync(join(whole, name), { recursive: true, force: true });
		};
		drop('work', () => false);
		drop('runs', (name) => runIds.has(name));
		drop('adapters', (name) => name.endsWith('.gguf') && adapterIds.has(name.slice(0, -'.gguf'.length)));
		drop('safety', (name) => !name.endsWith('.part'));
	}
}
