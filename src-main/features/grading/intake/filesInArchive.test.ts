import { expect, test } from 'vitest';
import { answerFileLimits } from '#contract/answerFileLimits.ts';
import { filesInArchive } from './filesInArchive.ts';

const packed = (name: string, bytes = 1) => ({ name, bytes, read: async () => new Uint8Array(bytes) });
const namesIn = (...files: ReturnType<typeof packed>[]) => filesInArchive({ files }, 'class.zip').map(({ fileName, read }) => [fileName, read !== null]);

test('takes what students handed in, without what systems put beside it, and what is too large by its name alone', () => {
	const files = [packed('Ada_1_assignsubmission_file_/a.txt'), packed('__MACOSX/._a.txt'), packed('film.mov', answerFileLimits.fileBytes + 1)];
	expect(namesIn(...files)).toEqual([
		['Ada_1_assignsubmission_file_/a.txt', true],
		['film.mov', false],
	]);
});

test('an archive is held to the limits of a folder by what it unpacks to', () => {
	expect(() => namesIn(packed('.DS_Store'))).toThrow(expect.objectContaining({ code: 'DOCUMENT_INVALID', data: expect.objectContaining({ reason: 'empty' }) }));
	const many = Array.from({ length: answerFileLimits.files + 1 }, (_, at) => packed(String(at)));
	expect(() => namesIn(...many)).toThrow(expect.objectContaining({ code: 'TOO_MANY_FILES' }));
	const heavy = Array.from({ length: 11 }, (_, at) => packed(String(at), answerFileLimits.fileBytes));
	expect(() => namesIn(...heavy)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
});
