import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a template (fillTemplate.ts) from a folder: with the line ends of one system, and none at its end. */
export function readTemplate(folder: string, name: string): string {
	return readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trimEnd();
}
