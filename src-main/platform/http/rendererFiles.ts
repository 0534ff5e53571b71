import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const contentTypes: Record<string, string> = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
};

export interface RendererFile {
	bytes: Buffer;
	contentType: string;
	cacheControl: string;
}

/** The built page and what belongs to it, for either host. */
export interface RendererFiles {
	/** index.html with `nonce` written into its `csp-nonce` meta tag. */
	page(nonce: string): Promise<string>;
	/** The file at an address such as `/assets/main-1a2b.js`, or null; only files that were there at the start can be had. */
	file(address: string): Promise<RendererFile | null>;
}

/**
 * Looks at the built renderer once and answers from what it found, so that no address can name a file outside.
 *
 * Throws when there is no index.html: the renderer has not been built.
 */
export async function openRendererFiles(folder: string): Promise<RendererFiles> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = new Map<string, string>();
	for (const entry of entries) {
		const file = path.join(entry.parentPath, entry.name);
		if (entry.isFile()) files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, file);
	}
	const index = await readFile(path.join(folder, 'index.html'), 'utf8');
	return {
		page: async (nonce) => withNonce(index, nonce),
		async file(address) {
			const file = files.get(address);
			const contentType = contentTypes[path.extname(address)];
			if (file === undefined || contentType === undefined || address === '/index.html') return null;
			// Vite puts a hash of the content into the names of its assets; what else lies there may change with the next version.
			const cacheControl = address.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
			return { bytes: await readFile(file), contentType, cacheControl };
		},
	};
}

/** Writes the nonce where emotion looks for it; throws when the page has no place for it. */
function withNonce(html: string, nonce: string): string {
	const place = /(<meta\s+name="csp-nonce"\s+content=")[^"]*(")/;
	if (!place.test(html)) throw new Error('index.html has no <meta name="csp-nonce" content="">');
	return html.replace(place, `$1${nonce}$2`);
}
