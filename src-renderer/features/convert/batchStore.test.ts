import { expect, test } from 'vitest';
import { piecesOf } from './batchStore.ts';

test('sends small files together and a large one in parts of its own, all of it in order', () => {
	const files = [
		new File(['aa'], 'a'),
		new File(['bbb'], 'b'),
		new File(['0123456789ABC'], 'large'),
		new File(['c'], 'c'),
		new File(['d'], 'd'),
		new File(['e'], 'e'),
	];
	const pieces = [...piecesOf(files, { pieceBytes: 6, pieceFiles: 2 })];
	expect(pieces.map((piece) => piece.map(({ fileName, file, continues }) => `${fileName}${continues ? '+' : ''}:${file.size}`))).toEqual([
		...[['a:2', 'b:3'], ['large:6'], ['large+:6'], ['large+:1'], ['c:1', 'd:1'], ['e:1']],
	]);
	expect([...piecesOf([], { pieceBytes: 6, pieceFiles: 2 })]).toEqual([]);
});
