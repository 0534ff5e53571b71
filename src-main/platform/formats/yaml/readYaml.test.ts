import { expect, test } from 'vitest';
import { FormatError } from '../FormatError.ts';
import { firstDifference } from '../firstDifference.ts';
import { readJson } from '../json/readJson.ts';
import { writeJson } from '../json/writeJson.ts';
import type { Reading, Value } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { reduceData } from '../reduceData.ts';
import { readYaml } from './readYaml.ts';
import suite from './suite.test-data.json' with { type: 'json' };
import { writeYaml } from './writeYaml.ts';

interface Case {
	name: string;
	yaml: string;
	error?: boolean;
	json?: string;
}

const cases = Object.entries(suite.cases as Record<string, Case>);
const valid = cases.filter(([, { error }]) => !error);

test('reads the documents of yaml-test-suite that are YAML', () => {
	expect(valid).toHaveLength(308);
	expect(valid.filter(([, { yaml }]) => failureOf(() => readYaml(yaml))).map(([id]) => id)).toEqual([]);
});

test('refuses those of yaml-test-suite that are none, each at a place in it', () => {
	const invalid = cases.filter(([, { error }]) => error);
	expect(invalid).toHaveLength(94);
	const taken = invalid.filter(([, { yaml }]) => {
		const offset = failureOf(() => readYaml(yaml))?.offset;
		return offset === undefined || offset > yaml.length;
	});
	// It has two %YAML directives, of which the second is taken.
	expect(taken.map(([id]) => id)).toEqual(['SF5V']);
});

test('reads the values that yaml-test-suite says', () => {
	const other = valid.filter(([, { yaml, json }]) => json !== undefined && jsonOf(readYaml(yaml)) !== plain(json));
	// 565N: bytes are written as base64 without line ends. RR7F: the suite has its keys in another order than they stand.
	expect(other.map(([id]) => id)).toEqual(['565N', 'RR7F']);
});

test('writes what it read so that it reads the same again', () => {
	const changed = valid.flatMap(([id, { yaml }]) => {
		const was = readYaml(yaml);
		const written = writeYaml(was);
		const difference = failureOf(() => readYaml(written)) ?? firstDifference(was, readYaml(written));
		return difference ? [`${id} ${JSON.stringify(difference)}\n${yaml}\n=====\n${written}`] : [];
	});
	expect(changed).toEqual([]);
});

/** The documents of a stream as the suite has them: JSON after JSON. */
function jsonOf(reading: Reading): string {
	return reading.documents
		.filter(({ root }) => root)
		.map((document) => reduceData({ documents: [document] }, {}, new NoteBook()).documents[0]?.root)
		.map((root) => writeJson(canonical(root ?? { kind: 'null' })))
		.join('\n');
}

function plain(json: string): string {
	const values: string[] = [];
	for (const part of json.split(/\n(?=\S)(?![\]}])/)) if (part.trim() !== '') values.push(writeJson(canonical(readJson(part))));
	return values.join('\n');
}

/** Numbers by their value: the suite writes 450 for 4.5e2. */
function canonical(value: Value): Value {
	if (value.kind === 'number') return { kind: 'number', literal: String(Number(value.literal)) };
	if (value.kind === 'sequence') return { kind: 'sequence', items: value.items.map(canonical) };
	if (value.kind === 'mapping') return { kind: 'mapping', entries: value.entries.map((entry) => ({ key: entry.key, value: canonical(entry.value) })) };
	return value;
}

function failureOf(act: () => unknown): FormatError | undefined {
	try {
		act();
		return undefined;
	} catch (error) {
		if (error instanceof FormatError) return error;
		throw error;
	}
}

test('refuses an anchor that could not be written again', () => {
	expect(() => readYaml('a: 1\nb: &x\u0000y 1\n')).toThrow(expect.objectContaining({ code: 'yamlSyntax', offset: expect.any(Number) }));
	expect(readYaml('b: &é-1 1\n').documents).toHaveLength(1);
});

test('a long text whose lines end in blanks is read as it was written', () => {
	const value = `- |-\n- |-\n- |-\n- |-\n-\n-\n ab\n \n ${'x'.repeat(60)}\n `;
	const written = writeYaml({ documents: [{ root: { kind: 'text', value } }] });
	expect(readYaml(written).documents[0]?.root).toMatchObject({ kind: 'text', value });
});
