import { join, win32 } from 'node:path';
import type { ModelTable } from './ModelTable.ts';
import { isChanged, lookAt } from './viewModel.ts';

/**
 * Points models that Homeroom stored to their files in the models folder, where those lie there and the path that is kept leads elsewhere: the data
 * folder was moved, or comes from another machine, or a backup from before that was put in place. What is left elsewhere may be deleted any day. Only a file of the same name, size and time of change is taken for the same.
 */
export function findMoved(table: ModelTable, folder: string): void {
	const records = table.all();
	const taken = new Set(records.flatMap(({ files }) => files.map(({ path }) => path)));
	for (const { id, owned, files } of records) {
		if (!owned) continue;
		for (const [position, file] of files.entries()) {
			// Reads the paths of every system.
			const path = join(folder, win32.basename(file.path));
			const stats = taken.has(path) ? null : lookAt(path);
			if (stats && !isChanged(file, stats)) table.updateFile(id, position, { path });
		}
	}
}
