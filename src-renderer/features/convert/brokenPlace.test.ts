import { expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { brokenFormat, brokenPlace } from './brokenPlace.ts';

test('finds where a source breaks off, and nothing where no place is told', () => {
	const invalid = { format: 'json', reason: 'badEscape', path: '', detail: '' };
	expect(brokenPlace(failure('CONVERT_INVALID', { ...invalid, line: 3, column: 7 }))).toEqual({ line: 3, column: 7 });
	expect(brokenPlace(failure('CONVERT_INVALID', { ...invalid, line: 0, column: 0 }))).toBeNull();
	expect(brokenPlace(failure('CONVERT_LOSSY', { reason: 'placed', losses: 1, code: 'comment', line: 2, path: '' }))).toEqual({ line: 2, column: 1 });
	expect([brokenPlace(null), brokenPlace(new Error('x')), brokenPlace(failure('CONVERT_UNKNOWN', {}))]).toEqual([null, null, null]);
});

test('offers to mend what is text, and nothing else', () => {
	const of = (format: string) => brokenFormat(failure('CONVERT_INVALID', { format, reason: 'x', path: '', detail: '', line: 1, column: 1 }));
	expect(['JSON', 'YAML', 'XML', 'CSV', 'TSV', 'TOML', 'XLSX'].map(of)).toEqual(['json', 'yaml', 'xml', 'csv', 'tsv', 'toml', null]);
	expect(brokenFormat(failure('CONVERT_UNKNOWN', {}))).toBeNull();
});
