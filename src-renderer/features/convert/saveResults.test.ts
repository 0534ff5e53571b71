import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { ConversionFile } from '#contract/convertBatch.ts';
import { mostPackedBytes, packable, packFiles } from './saveResults.ts';

test('packs all files whole, and none takes the place of another', async () => {
	async function* files() {
		yield { name: 'a.json', pieces: [new Blob(['{"a"']), new Blob([':1}'])] };
		yield { name: '成绩.yaml', pieces: [new Blob([])] };
		yield { name: 'A.json', pieces: [new Blob(['2'])] };
		yield { name: 'a.json', pieces: [new Blob(['3'])] };
	}
	const packed = unzipSync(new Uint8Array(await (await packFiles(files())).arrayBuffer()));
	expect(Object.entries(packed).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual([
		...[
			['a.json', '{"a":1}'],
			['成绩.yaml', ''],
			['A (2).json', '2'],
			['a (3).json', '3'],
		],
	]);
});

test('rejects with what its files fail with', async () => {
	async function* files() {
		yield { name: 'a', pieces: [new Blob(['1'])] };
		throw new Error('gone');
	}
	await expect(packFiles(files())).rejects.toThrow('gone');
});

test('offers what is done, more than one, and no more than an archive holds', () => {
	// Of a file only these fields count here.
	const file = (state: string, resultBytes: number | null) => ({ state, resultBytes }) as ConversionFile;
	const [one, two, failed] = [file('done', 5), file('done', 7), file('failed', null)];
	expect([packable([one, two, failed]), packable([one, failed]), packable([one, file('done', mostPackedBytes)])]).toEqual([[one, two], null, null]);
});
