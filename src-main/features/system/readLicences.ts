import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Licence, licence } from '#contract/system.ts';

/** Reads the list that the build made (scripts/collectLicences.ts); none where nothing was built. */
export async function readLicences(file: string): Promise<Licence[]> {
	const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return '[]';
		throw error;
	});
	return z.array(licence).parse(JSON.parse(text));
}
