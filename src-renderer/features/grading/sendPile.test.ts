import { beforeEach, expect, test, vi } from 'vitest';
import { answerFileLimits } from '#contract/answerFileLimits.ts';
import type { Inputs } from '#contract/contract.ts';
import { piecesOf, sendPile } from './sendPile.ts';
import type { AnswerFile } from './sourceOfFiles.ts';

const app = vi.hoisted(() => ({ sendFiles: vi.fn() }));
// What answers is the app in another process; what is tried here is what is sent to it.
vi.mock('../../rpc/client.ts', () => ({ client: { grading: app } }));

const mebibyte = 2 ** 20;
/** A file that is as large as it says and holds little. */
function fileOf(fileName: string, bytes: number): AnswerFile {
	return { fileName, file: Object.defineProperty(new File(['x'], fileName), 'size', { value: bytes }) };
}
const named = (pieces: AnswerFile[][]) => pieces.map((piece) => piece.map(({ fileName }) => fileName).join());

beforeEach(() => {
	app.sendFiles.mockReset().mockResolvedValue({ pileId: 'the pile' });
});

test('a piece holds no more bytes or files than a call carries, or is one file', () => {
	const sizes = { a: 5, b: 3, c: 1, d: 20, e: 8, f: 30, g: 0 };
	expect(named(piecesOf(Object.entries(sizes).map(([name, size]) => fileOf(name, size * mebibyte))))).toEqual(['a,b', 'c', 'd', 'e,f,g']);
	const many = Array.from({ length: 401 }, (_, at) => fileOf(String(at), 1));
	expect(piecesOf(many).map(({ length }) => length)).toEqual([200, 200, 1]);
});

test('2,000 files go to one pile in their order, and one too large by its name alone', async () => {
	const files = [...Array.from({ length: 1999 }, (_, at) => fileOf(`${at}.txt`, 10)), fileOf('film.mov', answerFileLimits.fileBytes + 1)];
	const sent: number[] = [];
	expect(await sendPile(files, (count) => sent.push(count))).toBe('the pile');
	const calls: Inputs['grading']['sendFiles'][] = app.sendFiles.mock.calls.map(([input]) => input);
	expect(calls.map(({ pileId }) => pileId)).toEqual([null, ...Array(9).fill('the pile')]);
	expect(calls.flatMap((call) => call.files.map(({ fileName }) => fileName))).toEqual(files.map(({ fileName }) => fileName));
	expect(calls.flatMap((call) => call.files.flatMap(({ fileName, file }) => (file === null ? [fileName] : [])))).toEqual(['film.mov']);
	expect(sent.at(-1)).toBe(2000);
});

test('more than 2,000 files, or more than 200 MiB of them, are refused before anything is sent', async () => {
	const many = Array.from({ length: 2001 }, (_, at) => fileOf(`${at}.txt`, 1));
	await expect(sendPile(many, () => {})).rejects.toMatchObject({ code: 'TOO_MANY_FILES', data: { limit: 2000, found: 2001 } });
	const heavy = Array.from({ length: 11 }, (_, at) => fileOf(`${at}.pdf`, 20 * mebibyte));
	await expect(sendPile(heavy, () => {})).rejects.toMatchObject({ code: 'TOO_LARGE', data: { limitBytes: 200 * mebibyte } });
	expect(app.sendFiles).not.toHaveBeenCalled();
});

test('a file that has gone since it was chosen is told by its name', async () => {
	const gone = fileOf('5A/Ada.txt', 1);
	gone.file.arrayBuffer = () => Promise.reject(new DOMException('It could not be read.', 'NotReadableError'));
	await expect(sendPile([gone], () => {})).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', data: { path: '5A/Ada.txt' } });
});

test('an archive alone is sent in parts that are one again, however large it is', async () => {
	const bytes = Buffer.alloc(answerFileLimits.fileBytes + 5, 'zip');
	await sendPile([{ fileName: 'class.zip', file: new File([bytes], 'class.zip') }], () => undefined);
	const sent: Inputs['grading']['sendFiles'][] = app.sendFiles.mock.calls.map(([order]) => order);
	expect(sent.map(({ pileId, files }) => [pileId, files[0]?.continues])).toEqual([
		[null, false],
		['the pile', true],
		['the pile', true],
	]);
	const parts = await Promise.all(sent.map(async ({ files }) => Buffer.from((await files[0]?.file?.arrayBuffer()) ?? new ArrayBuffer(0))));
	expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});
