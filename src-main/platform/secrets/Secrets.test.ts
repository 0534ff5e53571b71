import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDatabase } from '../database/temporaryDatabase.ts';
import { KeyFile } from './KeyFile.ts';
import { type Keychain, Secrets } from './Secrets.ts';

const token = 'hf_ThisMustNeverBeSeenOnTheDisk';
let database: ReturnType<typeof temporaryDatabase>;
let keyFile = '';
let lines: string[] = [];
beforeEach(() => {
	database = temporaryDatabase();
	keyFile = path.join(database.folder, 'secrets.key');
	lines = [];
});
afterEach(() => database.remove());

const open = (keychain?: Keychain) => new Secrets({ db: database.db, keyFile, log: pino({}, { write: (line: string) => lines.push(line) }), keychain });

/** A keychain that turns every byte around, and that can be taken away. */
function makeKeychain(): Keychain & { isThere: boolean } {
	const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => 255 - byte));
	const keychain = {
		isThere: true,
		isAvailable: () => keychain.isThere,
		seal: (text: string) => turn(Buffer.from(text)),
		open: (sealed: Buffer) => turn(sealed).toString(),
	};
	return keychain;
}

test('keeps a secret over a restart, replaces it and forgets it', () => {
	const secrets = open();
	expect([secrets.get('huggingFaceToken'), secrets.isSet('huggingFaceToken'), secrets.keptIn('huggingFaceToken')]).toEqual([null, false, 'file']);
	secrets.set('huggingFaceToken', token);
	expect(open().get('huggingFaceToken')).toBe(token);
	secrets.set('huggingFaceToken', 'hf_another');
	expect(open().get('huggingFaceToken')).toBe('hf_another');
	secrets.set('huggingFaceToken', null);
	expect([open().get('huggingFaceToken'), open().isSet('huggingFaceToken')]).toEqual([null, false]);
});

test('D5 no file of the data folder holds a secret in clear, and no line of the log', () => {
	const secrets = open();
	secrets.set('huggingFaceToken', token);
	secrets.get('huggingFaceToken');
	database.db.$client.pragma('wal_checkpoint(FULL)');
	const files = readdirSync(database.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	expect(files.length).toBeGreaterThan(1);
	for (const file of files) {
		const bytes = readFileSync(path.join(file.parentPath, file.name));
		for (const form of [token, Buffer.from(token).toString('base64'), Buffer.from(token).toString('hex')]) expect(bytes.includes(form)).toBe(false);
	}
	expect(lines.join()).not.toContain(token);
});

test.skipIf(process.platform === 'win32')('the key file is for this user alone', () => {
	open().set('huggingFaceToken', token);
	expect(statSync(keyFile).mode & 0o777).toBe(0o600);
	expect(readdirSync(database.folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test.each([
	['is gone', () => rmSync(keyFile)],
	['is another', () => writeFileSync(keyFile, Buffer.alloc(32))],
	['is cut', () => writeFileSync(keyFile, 'short')],
])('a secret whose key file %s counts as not set, is named in the log, and can be set anew', (_what, harm) => {
	const secrets = open();
	secrets.set('huggingFaceToken', token);
	harm();
	expect([secrets.get('huggingFaceToken'), secrets.isSet('huggingFaceToken')]).toEqual([null, false]);
	expect(lines.join()).toContain('huggingFaceToken');
	expect(lines.join()).not.toContain(token);
	secrets.set('huggingFaceToken', 'hf_anew');
	expect(secrets.get('huggingFaceToken')).toBe('hf_anew');
});

test('uses the keychain where there is one, and what the key file sealed before still opens', () => {
	const keychain = makeKeychain();
	open().set('old', 'from the file');
	const secrets = open(keychain);
	secrets.set('new', token);
	expect([secrets.get('old'), secrets.keptIn('old'), secrets.get('new'), secrets.keptIn('new')]).toEqual(['from the file', 'file', token, 'keychain']);
	keychain.isThere = false;
	expect([secrets.get('new'), secrets.keptIn('new'), secrets.keptIn('next')]).toEqual([null, 'keychain', 'file']);
	expect(['new', 'old', 'next'].map((name) => secrets.isAway(name))).toEqual([true, false, false]);
});

test('what was changed, or sealed under another name, does not open', () => {
	const key = new KeyFile(keyFile);
	fc.assert(
		fc.property(fc.string(), fc.string({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, name, at, flip) => {
			const sealed = key.seal(text, name);
			expect(key.open(sealed, name)).toBe(text.toWellFormed());
			expect(() => key.open(sealed, `${name}2`)).toThrow();
			const harmed = Buffer.from(sealed);
			harmed.writeUInt8((sealed[at % sealed.length] ?? 0) ^ flip, at % sealed.length);
			expect(() => key.open(harmed, name)).toThrow();
		}),
		{ numRuns: 50 },
	);
});
