import type { GradedClass } from './GradedClass.ts';

/** What the file calls itself. The version goes up when a program that reads it would have to change. */
const format = { format: 'homeroom-class', version: 1 } as const;

/** Writes the whole class as it stands, nothing left out or mended, for other programs. */
export function writeClassJson(graded: GradedClass): string {
	return `${JSON.stringify({ ...format, ...graded }, null, '\t')}\n`;
}
