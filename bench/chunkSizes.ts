import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a page fetches of the bundle, in bytes as they are sent compressed. */
export interface ChunkSizes {
	/** Before any screen: what the page names, and all that these import. */
	entry: number;
	/** What each screen adds to that, by the name of its component, largest first. */
	screens: { name: string; bytes: number }[];
}

/** Weighs the scripts of a built page: follows the static imports from the page's own script and from each screen's. */
export function chunkSizes(folder: string): ChunkSizes {
	const assets = path.join(folder, 'assets');
	const files = readdirSync(assets).filter((file) => file.endsWith('.js'));
	const sources = new Map(files.map((file) => [file, readFileSync(path.join(assets, file))]));
	const named = [...readFileSync(path.join(folder, 'index.html'), 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)].map(([, file]) => file ?? '');
	const entry = closure(named);
	const screens = files
		.filter((file) => /^[A-Z]\w+(Screen|Page)-[\w-]+\.js$/.test(file))
		.map((file) => ({ name: file.replace(/-[\w-]{8}\.js$/, ''), bytes: weigh(closure([file]).difference(entry)) }));
	return { entry: weigh(entry), screens: screens.toSorted((a, b) => b.bytes - a.bytes) };

	function closure(from: readonly string[]): Set<string> {
		const all = new Set<string>();
		const open = [...from];
		for (let file = open.pop(); file !== undefined; file = open.pop()) {
			if (all.has(file) || !sources.has(file)) continue;
			all.add(file);
			open.push(...importsOf(String(sources.get(file))));
		}
		return all;
	}

	function weigh(chunks: ReadonlySet<string>): number {
		return [...chunks].reduce((sum, file) => sum + gzipSync(sources.get(file) ?? '').byteLength, 0);
	}
}

/** The chunks beside it that a chunk imports at once; what it fetches later, by `import()`, is not among them. */
function importsOf(source: string): string[] {
	return [...source.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g)].map(([, file]) => file ?? '');
}
