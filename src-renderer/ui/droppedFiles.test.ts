import { expect, test } from 'vitest';
import { droppedFiles } from './droppedFiles.ts';

/** What a browser gives of a dropped file or folder; a folder gives two entries at a time. */
function entryOf(path: string, children: object[] | null) {
	const left = [...(children ?? [])];
	return {
		...{ isFile: children === null, isDirectory: children !== null, fullPath: path },
		file: (take: (file: File) => void) => take(new File(['x'], path.split('/').at(-1) ?? '')),
		createReader: () => ({ readEntries: (take: (entries: object[]) => void) => take(left.splice(0, 2)) }),
	};
}

function drop(files: File[], entries: object[]) {
	const transfer = { files, items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) };
	// A browser's own lists cannot be made by hand; these are walked through in the same way.
	return droppedFiles(transfer as unknown as DataTransfer);
}

test('takes every file of a dropped folder and of those in it, under its path', async () => {
	const essay = (student: string) => entryOf(`/5A/${student}/essay.txt`, null);
	const folder = entryOf(
		'/5A',
		['Ada', 'Bo', 'Cy'].map((student) => entryOf(`/5A/${student}`, [essay(student)])),
	);
	const files = await drop([new File([], '5A')], [folder]);
	expect(files.map(({ name, webkitRelativePath }) => [name, webkitRelativePath])).toEqual([
		['essay.txt', '5A/Ada/essay.txt'],
		['essay.txt', '5A/Bo/essay.txt'],
		['essay.txt', '5A/Cy/essay.txt'],
	]);
});

test('files that are dropped without a folder are taken as they are', async () => {
	const file = new File(['x'], 'class.csv');
	expect(await drop([file], [entryOf('/class.csv', null)])).toEqual([file]);
});
