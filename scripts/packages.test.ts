import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
	allowScripts: Record<string, boolean>;
}
interface Locked {
	version: string;
	integrity?: string;
	hasInstallScript?: boolean;
	link?: boolean;
	inBundle?: boolean;
	license?: string;
	dev?: boolean;
	optional?: boolean;
	os?: string[];
	optionalDependencies?: Record<string, string>;
}
const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

test('P4 every package is pinned to one exact version', () => {
	const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
	expect(loose).toEqual([]);
});

test('P4 every installed file is held to its hash', () => {
	// The registry that this lock was made from has no copy of some binaries for other platforms, so their hash is not known yet.
	const isForeignBinary = ({ optional, os, version }: Locked) => optional === true && os !== undefined && /^\d+\.\d+\.\d+$/.test(version);
	expect(locked.filter(([, it]) => !it.integrity && !it.link && !it.inBundle && !isForeignBinary(it)).map(([path]) => path)).toEqual([]);
});

test('P4 the lock names every package that another one names, also for other platforms, or npm ci refuses it', () => {
	const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
		Object.keys(optionalDependencies).filter((name) => !(`${path}/node_modules/${name}` in lock.packages) && !(`node_modules/${name}` in lock.packages)),
	);
	expect(missing).toEqual([]);
});

test('P4 one package may run a script when it is installed: node, which fetches its binary from the same registry', () => {
	expect(Object.entries(manifest.allowScripts).flatMap(([name, allowed]) => (allowed ? [name] : []))).toEqual(['node']);
	const undecided = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
	expect(undecided.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
});

test('nothing under the GPL goes into what ships', () => {
	const shipped = locked.filter(([, { dev }]) => !dev);
	// Of a choice of licences one that is not the GPL is enough.
	const isGpl = (license = '') =>
		license
			.replace(/^\(|\)$/g, '')
			.split(' OR ')
			.every((choice) => /(^|[^L])GPL/.test(choice));
	expect(shipped.filter(([, { license }]) => isGpl(license)).map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
	// Their manifests name none; their LICENSE files were read, and are the MIT licence.
	const readByHand = ['node_modules/png-js'];
	expect(shipped.filter(([, { license, integrity }]) => integrity !== undefined && license === undefined).map(([path]) => path)).toEqual(readByHand);
});
