import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { unbundled } from '../../src-main/unbundled.ts';

const lockFile = z.object({
	packages: z.record(
		z.string(),
		z.object({
			dev: z.boolean().optional(),
			dependencies: z.record(z.string(), z.string()).optional(),
			optionalDependencies: z.record(z.string(), z.string()).optional(),
		}),
	),
});
type Lock = z.infer<typeof lockFile>['packages'];

/** What is opened as a file and never imported: the Node that the children run under, and the fonts of a PDF. */
const opened = ['node', '@embedpdf/fonts-sc'];

/**
 * The names of the packages that must lie in the package: those that are not in the bundle of src-main, those that are opened as files, and
 * all that these ask for, as package-lock.json resolves it, for every system.
 */
export function shippedPackages(root: string): Set<string> {
	const lock = readLock(root);
	const shipped = new Set<string>();
	const waiting = [...unbundled.filter((name) => name !== 'electron'), ...opened].map((name) => resolvePackage(lock, '', name));
	for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
		if (folder === null || shipped.has(folder)) continue;
		shipped.add(folder);
		const { dependencies, optionalDependencies } = lock[folder] ?? {};
		waiting.push(...Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => resolvePackage(lock, folder, name)));
	}
	return new Set([...shipped].map(nameOf));
}

/** The names of those that electron-builder would take along and whose code the bundle holds already. */
export function bundledPackages(root: string): Set<string> {
	const installed = Object.entries(readLock(root)).flatMap(([folder, { dev }]) => (folder !== '' && !dev ? [nameOf(folder)] : []));
	return new Set(installed).difference(shippedPackages(root));
}

function nameOf(folder: string): string {
	return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function readLock(root: string): Lock {
	return lockFile.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))).packages;
}

/** Where `name` is found from `folder`, as Node looks it up; null where it is not installed for any platform. */
function resolvePackage(lock: Lock, folder: string, name: string): string | null {
	const found = `${folder}${folder ? '/' : ''}node_modules/${name}`;
	if (found in lock) return found;
	if (folder === '') return null;
	const above = folder.lastIndexOf('/node_modules/');
	return resolvePackage(lock, above < 0 ? '' : folder.slice(0, above), name);
}
