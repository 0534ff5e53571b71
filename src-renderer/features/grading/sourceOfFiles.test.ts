import { expect, test } from 'vitest';
import { sourceOfFiles } from './sourceOfFiles.ts';

const file = (name: string) => new File(['x'], name);
const inFolder = (path: string) => Object.defineProperty(file(path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });

test('a lone table is the class’s table, and what is no table or not alone is the students’ work', () => {
	const shown = (...files: File[]) => {
		const source = sourceOfFiles(files);
		if (source === null || 'text' in source) return source;
		return 'file' in source ? source.fileName : source.files.map(({ fileName }) => fileName);
	};
	expect([shown(file('5A.xlsx')), shown(file('5A.CSV')), shown(file('Ada.docx')), shown(file('Ada.txt'), file('Bo.txt')), shown()]).toEqual([
		'5A.xlsx',
		'5A.CSV',
		['Ada.docx'],
		['Ada.txt', 'Bo.txt'],
		null,
	]);
	expect(shown(inFolder('5A/Ada/essay.txt'), inFolder('5A/Bo/essay.txt'))).toEqual(['Ada/essay.txt', 'Bo/essay.txt']);
});
