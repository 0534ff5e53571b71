import { answerFileLimits } from '#contract/answerFileLimits.ts';
import { failure } from '#contract/errors.ts';
import { client } from '../../rpc/client.ts';
import type { AnswerFile } from './sourceOfFiles.ts';

/**
 * Sends the files of a class to the app, a piece after the other, and gives back the id of the pile that they are there. `onSent` hears how
 * many files are sent.
 *
 * What is too much is refused before anything is sent (TOO_MANY_FILES, TOO_LARGE); a file that has gone or changed since it was chosen is
 * FILE_NOT_FOUND with its name. One that is larger than can be taken is named and not sent: its student is told of it. An archive alone, which
 * holds a whole class, is sent in parts.
 */
export async function sendPile(files: readonly AnswerFile[], onSent: (files: number) => void, signal?: AbortSignal): Promise<string> {
	if (files.length > answerFileLimits.files) throw failure('TOO_MANY_FILES', { limit: answerFileLimits.files, found: files.length });
	const [only, second] = files;
	if (only && !second && /\.zip$/i.test(only.fileName)) return await sendArchive(only, onSent, signal);
	if (files.reduce((sum, { file }) => sum + sentBytes(file), 0) > answerFileLimits.bytes) throw failure('TOO_LARGE', { limitBytes: answerFileLimits.bytes });
	let pileId: string | null = null;
	let sent = 0;
	for (const piece of piecesOf(files)) {
		signal?.throwIfAborted();
		const held = await Promise.all(piece.map(holdFile));
		({ pileId } = await client.grading.sendFiles({ pileId, files: held }, signal && { signal }));
		sent += piece.length;
		onSent(sent);
	}
	if (pileId === null) throw new RangeError('there are no files to send');
	return pileId;
}

async function sendArchive({ file, fileName }: AnswerFile, onSent: (files: number) => void, signal?: AbortSignal): Promise<string> {
	if (file.size > answerFileLimits.bytes) throw failure('TOO_LARGE', { limitBytes: answerFileLimits.bytes });
	let pileId: string | null = null;
	for (let at = 0; pileId === null || at < file.size; at += answerFileLimits.pieceBytes) {
		signal?.throwIfAborted();
		const part = await holdFile({ file: new File([file.slice(at, at + answerFileLimits.pieceBytes)], file.name), fileName });
		({ pileId } = await client.grading.sendFiles({ pileId, files: [{ ...part, continues: at > 0 }] }, signal && { signal }));
	}
	onSent(1);
	return pileId;
}

/** Parts files, in their order, into what one call carries. */
export function piecesOf(files: readonly AnswerFile[]): AnswerFile[][] {
	const pieces: AnswerFile[][] = [];
	let bytes = Number.POSITIVE_INFINITY;
	for (const each of files) {
		const own = sentBytes(each.file);
		const last = pieces.at(-1);
		if (last === undefined || last.length === answerFileLimits.pieceFiles || bytes + own > answerFileLimits.pieceBytes) {
			pieces.push([each]);
			bytes = own;
		} else {
			last.push(each);
			bytes += own;
		}
	}
	return pieces;
}

function sentBytes(file: File): number {
	return file.size > answerFileLimits.fileBytes ? 0 : file.size;
}

/** Reads a file here and not on the way, where nobody would know which of a piece it was. */
async function holdFile({ file, fileName }: AnswerFile): Promise<{ fileName: string; file: File | null }> {
	if (file.size > answerFileLimits.fileBytes) return { fileName, file: null };
	try {
		return { fileName, file: new File([await file.arrayBuffer()], file.name) };
	} catch (error) {
		throw failure('FILE_NOT_FOUND', { path: fileName }, error);
	}
}
