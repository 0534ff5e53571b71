import { type FormatName, formatName } from '#contract/convertOrder.ts';
import type { ShownPlace } from './CodePane.tsx';
import { formatNames } from './formatStore.ts';

/** Where a source could not be read, by the failure that says so; null where it names no place. */
export function brokenPlace(error: unknown): ShownPlace | null {
	if (typeof error !== 'object' || error === null || !('code' in error) || !('data' in error)) return null;
	if (error.code !== 'CONVERT_INVALID' && error.code !== 'CONVERT_LOSSY') return null;
	const { data } = error;
	if (typeof data !== 'object' || data === null || !('line' in data) || typeof data.line !== 'number' || data.line < 1) return null;
	return { line: data.line, column: 'column' in data && typeof data.column === 'number' ? Math.max(1, data.column) : 1 };
}

/** What a source was read as that could not be read, and that rules or a model may mend; null for any other failure. */
export function brokenFormat(error: unknown): FormatName | null {
	if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'CONVERT_INVALID' || !('data' in error)) return null;
	const { data } = error;
	const told = typeof data === 'object' && data !== null && 'format' in data ? data.format : null;
	return mendable.find((name) => formatNames[name] === told) ?? null;
}

const mendable = formatName.options.filter((name) => name !== 'xlsx');
