import { join } from 'node:path';
import { z } from 'zod';
import type { ModelKind } from '#contract/library.ts';
import { nameLicense } from './nameLicense.ts';
import { ollamaDefaults } from './ollamaDefaults.ts';
import type { StoreFind } from './StoreFind.ts';
import { readJsonNote, readNote, type StoreFile, type StoreWalk } from './StoreWalk.ts';

const digestForm = /^sha256:([0-9a-f]{64})$/;
const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const mediaType = (what: string) => `application/vnd.ollama.image.${what}`;
const kinds: ReadonlyMap<string, ModelKind> = new Map([
	[mediaType('model'), 'model'],
	[mediaType('projector'), 'projector'],
	[mediaType('adapter'), 'adapter'],
]);

const layerShape = z.object({ mediaType: z.string(), digest: z.string().regex(digestForm), size: z.number().int().nonnegative() });
type Layer = z.infer<typeof layerShape>;
const manifestShape = z.object({ layers: z.array(layerShape).max(1000) });
/** A list of what is there for different engines: each a manifest, or the digest of one. */
const manifestList = z.object({
	manifests: z
		.array(z.object({ runner: z.string().default(''), layers: z.array(layerShape).max(1000).optional(), digest: z.string().regex(digestForm).optional() }))
		.max(20),
});
/** The engines whose models are GGUF files. */
const runners = ['ollama', 'llamacpp', ''];

/**
 * Finds the models of an Ollama store: `manifests-v2/<registry>/<namespace>/<model>/<tag>`, or the older `manifests/…`, lists the
 * layers of one, which are the files `blobs/sha256-<digest>`.
 *
 * Source: https://github.com/ollama/ollama/tree/main/manifest (manifest.go, paths.go) and, for the names of the layers,
 * https://github.com/ollama/ollama/blob/main/server/images.go.
 */
export async function readOllamaStore(folder: string, walk: StoreWalk): Promise<StoreFind[]> {
	const finds = new Map<string, StoreFind[]>();
	for (const manifests of ['manifests-v2', 'manifests'].map((name) => join(folder, name))) {
		for (const { path } of await walk.files(manifests, (name) => nameForm.test(name), folder)) {
			const names = path.slice(manifests.length + 1).split(/[/\\]/);
			const key = names.join('/');
			if (names.length !== 4 || finds.has(key)) continue;
			const layers = await layersOf(folder, await readJsonNote(path), walk);
			if (layers) finds.set(key, await findsOf(folder, names, layers, walk));
		}
	}
	return [...finds.values()].flat();
}

async function layersOf(folder: string, content: unknown, walk: StoreWalk): Promise<Layer[] | null> {
	const manifest = manifestShape.safeParse(content);
	if (manifest.success) return manifest.data.layers;
	const list = manifestList.safeParse(content).data?.manifests ?? [];
	const chosen = list.find(({ runner }) => runners.includes(runner));
	if (!chosen?.digest) return chosen?.layers ?? null;
	const blob = await blobOf(folder, chosen.digest, walk);
	return (blob && manifestShape.safeParse(await readJsonNote(blob.realPath)).data?.layers) ?? null;
}

function blobOf(folder: string, digest: string, walk: StoreWalk): Promise<StoreFile | null> {
	const [, sha256] = digestForm.exec(digest) ?? [];
	return sha256 ? walk.file(folder, join(folder, 'blobs', `sha256-${sha256}`)) : Promise.resolve(null);
}

async function findsOf(folder: string, names: readonly string[], layers: readonly Layer[], walk: StoreWalk): Promise<StoreFind[]> {
	const texts = await readTexts(folder, layers, walk);
	const license = texts.license === null ? null : nameLicense(texts.license);
	const name = shortName(names);
	const finds: StoreFind[] = [];
	for (const { mediaType: type, digest, size } of layers) {
		const kind = kinds.get(type);
		const sha256 = digestForm.exec(digest)?.[1];
		if (!kind || !sha256) continue;
		const file = await blobOf(folder, digest, walk);
		// One that is still being downloaded, or is not what the manifest says, is none to be used.
		if (file?.sizeBytes !== size || finds.some((find) => find.sha256s?.[0] === sha256)) continue;
		finds.push({
			id: `ollama:${names.join('/')}@${digest}`,
			program: 'ollama',
			name: kind === 'model' ? name : `${name} (${kind})`,
			kind,
			paths: [file.path],
			sizeBytes: size,
			sha256s: [sha256],
			defaults: kind === 'model' ? ollamaDefaults(texts) : null,
			license,
		});
	}
	return finds;
}

async function readTexts(folder: string, layers: readonly Layer[], walk: StoreWalk) {
	const read = async (what: string): Promise<string | null> => {
		const file = await blobOf(folder, layers.find((layer) => layer.mediaType === mediaType(what))?.digest ?? '', walk);
		return file && readNote(file.realPath);
	};
	const [params, system, template, license] = await Promise.all(['params', 'system', 'template', 'license'].map(read));
	return { params: params ?? null, system: system ?? null, template: template ?? null, license: license ?? null };
}

/** As Ollama itself shows it: without the registry and the namespace that are taken for granted. */
function shortName([registry = '', namespace = '', model = '', tag = '']: readonly string[]): string {
	const own = registry === 'registry.ollama.ai';
	return `${own ? '' : `${registry}/`}${own && namespace === 'library' ? '' : `${namespace}/`}${model}:${tag}`;
}
