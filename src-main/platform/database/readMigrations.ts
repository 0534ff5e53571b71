import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One step of the tables' history, as it was generated. */
export interface Migration {
	tag: string;
	/** SHA-256 of its text, by which a database knows it again. */
	hash: string;
	statements: string[];
}

const journal = z.object({ entries: z.array(z.object({ idx: z.number().int(), tag: z.string() })) });

/** Reads the generated migrations of `folder` in their order. What is wrong with them is wrong with the build, so it is thrown as a bug. */
export function readMigrations(folder: string): Migration[] {
	const { entries } = journal.parse(JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')));
	return entries
		.sort((a, b) => a.idx - b.idx)
		.map(({ tag }) => {
			// A checkout on Windows may have changed the line ends.
			const text = readFileSync(join(folder, `${tag}.sql`), 'utf8').replaceAll('\r\n', '\n');
			const statements = text.split('--> statement-breakpoint').map((statement) => statement.trim());
			return { tag, hash: createHash('sha256').update(text).digest('hex'), statements: statements.filter((statement) => statement !== '') };
		});
}
