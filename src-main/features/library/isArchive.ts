import { open } from 'node:fs/promises';

const archiveNames = /\.(zip|tar|tgz|tbz2?|txz|gz|bz2|xz|zst|7z|rar)$/i;
/** What archives begin with: zip (also empty and in volumes), gzip, bzip2, xz, 7z, RAR, Zstandard. */
const beginnings = ['504b0304', '504b0506', '504b0708', '1f8b', '425a68', 'fd377a585a00', '377abcaf271c', '526172211a07', '28b52ffd'].map((hex) =>
	Buffer.from(hex, 'hex'),
);
/** A tar says so in its first header only after the name of its first entry. */
const tarMark = { at: 257, text: Buffer.from('ustar') };

/** Tells whether a file is called what archives are called. */
export function hasArchiveName(name: string): boolean {
	return archiveNames.test(name);
}

/**
 * Tells whether a file is an archive, by its name or by how it begins. Homeroom unpacks none, so that nothing in one can be
 * written anywhere or fill the disk.
 */
export async function isArchive(path: string): Promise<boolean> {
	if (hasArchiveName(path)) return true;
	const file = await open(path, 'r');
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(tarMark.at + tarMark.text.length), 0);
		const read = buffer.subarray(0, bytesRead);
		return beginnings.some((beginning) => read.subarray(0, beginning.length).equals(beginning)) || read.subarray(tarMark.at).equals(tarMark.text);
	} finally {
		await file.close();
	}
}
