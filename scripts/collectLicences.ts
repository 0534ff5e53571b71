import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { shippedPackages } from './packaging/shippedPackages.ts';

const bundle = z.array(z.object({ name: z.string(), version: z.string(), identifier: z.string().nullable(), text: z.string().optional() }));
type Licence = z.infer<typeof bundle>[number];
const manifest = z.object({ version: z.string(), license: z.string().optional() });

/**
 * Makes dist/licences.json: whose code is in the bundles, as Vite tells it, and whose packages ship beside them, each with its version, the
 * name of its licence and its text, by name. Run once everything is built.
 */
export function collectLicences(root: string): void {
	const inBundles = ['main', 'preload', 'renderer'].flatMap((name) => {
		const file = path.join(root, 'dist', name, 'licences.json');
		const read = bundle.parse(JSON.parse(readFileSync(file, 'utf8')));
		rmSync(file);
		return read;
	});
	const beside = [...shippedPackages(root)].flatMap((name) => licenceOf(path.join(root, 'node_modules', name), name) ?? []);
	const all = new Map([...inBundles, ...beside].map((licence) => [`${licence.name}@${licence.version}`, licence]));
	const sorted = [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
	writeFileSync(
		path.join(root, 'dist', 'licences.json'),
		JSON.stringify(sorted.map(({ identifier, text, ...rest }) => ({ ...rest, licence: identifier ?? '', text: text ?? '' }))),
	);
}

/** null where it is not installed, as other systems' binaries are not. */
function licenceOf(folder: string, name: string): Licence | null {
	try {
		const { version, license } = manifest.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
		const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(entry));
		return { name, version, identifier: license ?? null, ...(file && { text: readFileSync(path.join(folder, file), 'utf8') }) };
	} catch {
		return null;
	}
}
