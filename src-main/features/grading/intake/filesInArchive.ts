import { answerFileLimits } from '#contract/answerFileLimits.ts';
import { failure } from '#contract/errors.ts';
import type { ZipFolder } from '../../../platform/archives/ZipFolder.ts';
import type { PiledFile } from './AnswerPiles.ts';
import { isClutter } from './studentsOfFiles.ts';

const longestName = 1000;

/**
 * The files that students handed in of an archive that a platform gave out, as if they had been chosen in a folder; what systems put beside them is left out.
 *
 * The limits are those of a folder, whatever the archive is packed to. Throws TOO_MANY_FILES, TOO_LARGE, and DOCUMENT_INVALID where there are none.
 */
export function filesInArchive({ files: packed }: Pick<ZipFolder, 'files'>, fileName: string): PiledFile[] {
	const files = packed.filter(({ name }) => !isClutter(name));
	const { files: most, bytes: limitBytes, fileBytes } = answerFileLimits;
	if (files.length === 0) throw failure('DOCUMENT_INVALID', { fileName: fileName.slice(-255), reason: 'empty', detail: '' });
	if (files.length > most) throw failure('TOO_MANY_FILES', { limit: most, found: files.length });
	const taken = files.filter(({ bytes }) => bytes <= fileBytes);
	if (taken.reduce((sum, { bytes }) => sum + bytes, 0) > limitBytes) throw failure('TOO_LARGE', { limitBytes });
	return files.map(({ name, bytes, read }) => ({ fileName: name.slice(-longestName), read: bytes > fileBytes ? null : read }));
}
