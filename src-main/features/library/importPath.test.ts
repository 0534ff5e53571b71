import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { checkPathForm, findModelFile } from './importPath.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeroom-import-')));
afterAll(() => rmSync(folder, { recursive: true }));

function refusalOf(path: string, platform: NodeJS.Platform): string {
	try {
		return checkPathForm(path, platform);
	} catch (error) {
		return isFailure(error, 'FILE_NOT_ALLOWED') ? error.data.reason : String(error);
	}
}

describe('I5 refuses the form of', () => {
	test.each([
		['a name alone', 'model.gguf', 'linux', 'notAbsolute'],
		['nothing', '', 'linux', 'notAbsolute'],
		['the folder above', '..', 'linux', 'notAbsolute'],
		['a way up', '/home/me/../you/model.gguf', 'linux', 'badName'],
		['a NUL byte', '/home/me/model.gguf\0.png', 'linux', 'badName'],
		['a line break', '/home/me/model\n.gguf', 'linux', 'badName'],
		['a URL', 'file:///home/me/model.gguf', 'linux', 'notAbsolute'],
		['a network path elsewhere', '\\\\server\\share\\model.gguf', 'linux', 'notAbsolute'],
		['a path of another system', 'C:\\models\\model.gguf', 'linux', 'notAbsolute'],
		['a path of the current drive', 'C:model.gguf', 'win32', 'notAbsolute'],
		['a path without a drive', '\\models\\model.gguf', 'win32', 'notAbsolute'],
		['a network path', '\\\\server\\share\\model.gguf', 'win32', 'badName'],
		['a network path with slashes', '//server/share/model.gguf', 'win32', 'badName'],
		['a device path', '\\\\.\\PhysicalDrive0', 'win32', 'badName'],
		['an unchecked path', '\\\\?\\C:\\models\\model.gguf', 'win32', 'badName'],
		['a way up on Windows', 'C:\\models\\..\\model.gguf', 'win32', 'badName'],
		['a device', 'C:\\models\\NUL', 'win32', 'badName'],
		['a device with an extension', 'C:\\models\\con.gguf', 'win32', 'badName'],
		['a device as a folder', 'C:\\aux\\model.gguf', 'win32', 'badName'],
		['a numbered device', 'C:\\models\\COM1.gguf', 'win32', 'badName'],
		['a device numbered otherwise', 'C:\\models\\LPT².gguf', 'win32', 'badName'],
		['a trailing dot', 'C:\\models\\model.gguf.', 'win32', 'badName'],
		['a trailing space', 'C:\\models\\model.gguf ', 'win32', 'badName'],
		['a stream within a file', 'C:\\models\\model.gguf:hidden', 'win32', 'badName'],
		['a wildcard', 'C:\\models\\*.gguf', 'win32', 'badName'],
	] as const)('%s', (_, path, platform, reason) => {
		expect(refusalOf(path, platform)).toBe(reason);
	});
});

test.each([
	['/home/me/models/./a model.gguf', 'linux', '/home/me/models/a model.gguf'],
	['/home/me/模型/模型.gguf', 'linux', '/home/me/模型/模型.gguf'],
	['/home/me/con.gguf', 'linux', '/home/me/con.gguf'],
	['d:/models/a model.gguf', 'win32', 'd:\\models\\a model.gguf'],
	['C:\\Users\\me\\console\\model.v2.gguf', 'win32', 'C:\\Users\\me\\console\\model.v2.gguf'],
] as const)('takes %s', (path, platform, normal) => {
	expect(refusalOf(path, platform)).toBe(normal);
});

test('follows links to the file they lead to, and knows two names of one file', async () => {
	const file = join(folder, 'real.gguf');
	writeFileSync(file, 'GGUF');
	symlinkSync(file, join(folder, 'link.gguf'));
	linkSync(file, join(folder, 'other.gguf'));
	const direct = await findModelFile(file);
	const linked = await findModelFile(join(folder, 'link.gguf'));
	const other = await findModelFile(join(folder, 'other.gguf'));
	expect(linked).toEqual(direct);
	expect(other).toEqual({ ...direct, path: join(folder, 'other.gguf') });
});

test('I5 refuses what is no regular file, and says so', async () => {
	mkdirSync(join(folder, 'folder.gguf'));
	symlinkSync(join(folder, 'loop.gguf'), join(folder, 'loop.gguf'));
	const codeOf = (path: string) =>
		findModelFile(path).then(
			() => 'taken',
			(error) => (isFailure(error) ? { code: error.code, data: error.data } : error),
		);
	expect(await Promise.all([join(folder, 'nobody.gguf'), join(folder, 'folder.gguf'), join(folder, 'loop.gguf'), '/dev/null'].map(codeOf))).toEqual([
		{ code: 'FILE_NOT_FOUND', data: { path: join(folder, 'nobody.gguf') } },
		{ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } },
		{ code: 'FILE_NOT_ALLOWED', data: { reason: 'badName' } },
		{ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } },
	]);
});
