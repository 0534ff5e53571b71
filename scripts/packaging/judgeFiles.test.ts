import { expect, test } from 'vitest';
import { judgeFiles } from './judgeFiles.ts';

const good = [
	'package.json',
	'dist/main/serve.js',
	'resources/migrations/0000_first.sql',
	'node_modules/koffi/package.json',
	'node_modules/koffi/index.js',
	'node_modules/better-sqlite3/package.json',
	'node_modules/better-sqlite3/lib/win32-x64.js',
	'node_modules/better-sqlite3/prebuilds/linux-x64.node',
	'node_modules/koffi/node_modules/better-sqlite3/package.json',
];
const expected = {
	files: ['package.json', 'dist/main/serve.js', 'resources/migrations/0000_first.sql'],
	packages: new Set(['koffi', 'better-sqlite3', '@node-llama-cpp/linux-x64', '@node-llama-cpp/linux-arm64']),
	installed: ['koffi', 'better-sqlite3'],
	platform: 'linux' as const,
	arch: 'x64' as const,
};

test('a package that holds what it must and nothing else is right', () => {
	expect(judgeFiles(good, expected)).toEqual([]);
});

test('what is missing is named, a package by its manifest', () => {
	const files = good.filter((file) => file !== 'dist/main/serve.js' && !file.endsWith('koffi/package.json'));
	expect(judgeFiles(files, expected)).toEqual(['dist/main/serve.js is missing.', 'The package koffi is missing.']);
});

test.each([
	['dist/main/readCsv.test.js', 'a test'],
	['src-main/app.js', 'a source of ours'],
	['node_modules/koffi/index.d.ts', 'a TypeScript source'],
	['dist/renderer/assets/main.js.map', 'a source map'],
	['resources/signing.p12', 'a secret, or what often holds one'],
	['node_modules/koffi/.env.local', 'a secret, or what often holds one'],
	['node_modules/koffi/src/call.cc', 'a source in C or C++'],
	['node_modules/koffi/.github/workflows/test.yml', 'a thing of a version control system or an editor'],
	['models/homeroom.db', "somebody's data"],
	['node_modules/react/index.js', 'of a package that is not shipped (react)'],
	['node_modules/koffi/node_modules/left-pad/index.js', 'of a package that is not shipped (left-pad)'],
	['node_modules/better-sqlite3/prebuilds/win32-x64.node', 'for another system (win32-x64)'],
	['node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node', 'for another system (linuxmusl-x64)'],
	['node_modules/@node-llama-cpp/linux-arm64/bins/linux-arm64/libllama.so', 'for another system (linux-arm64)'],
])('%s is surplus: it is %s', (file, why) => {
	expect(judgeFiles([...good, file], expected)).toEqual([`${file} is ${why}.`]);
});
