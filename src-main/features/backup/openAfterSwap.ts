import type { Logger } from '../../platform/log/createLog.ts';
import { StartRefusal } from '../../platform/paths/StartRefusal.ts';
import { RestoreFolder, type RestoreNote } from './RestoreFolder.ts';

/**
 * Puts restored data that waits in its place, then opens the data folder. Where the restored data does not open, what was there before is put back
 * and opened. Call it under the data folder's lock, before anything in it is open.
 *
 * @throws StartRefusal where the present data cannot be moved, which is then where it was; what `open` throws.
 */
export function openAfterSwap<T>({ dataFolder, open, log }: { dataFolder: string; open: () => T; log: Logger }): { opened: T; swapped: RestoreNote | null } {
	const folder = new RestoreFolder(dataFolder);
	const swapped = swap(folder, dataFolder);
	if (swapped) log.info({ act: swapped.act, backedUpAt: swapped.backedUpAt }, 'restored data has taken the place of what was there');
	try {
		return { opened: open(), swapped };
	} catch (error) {
		if (swapped === null || !(error instanceof StartRefusal)) throw error;
		log.error({ err: error }, 'the restored data could not be opened: what was there before is put back');
		folder.markBack();
		swap(folder, dataFolder);
		return { opened: open(), swapped: null };
	}
}

function swap(folder: RestoreFolder, dataFolder: string): RestoreNote | null {
	try {
		return folder.swap();
	} catch (error) {
		throw new StartRefusal(
			'dataFolderUnusable',
			`Homeroom could not put the restored data in its place in ${dataFolder}, because something there cannot be moved. Nothing was lost. Close other programs that use the folder, and start again.`,
			error,
		);
	}
}
