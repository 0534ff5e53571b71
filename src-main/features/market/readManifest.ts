import { z } from 'zod';
import { type Digest, readDigest } from './remoteNames.ts';

const mostLayers = 200;
const mostChildren = 20;

/** What a manifest is asked for as: of one model, or a list of several for different engines. */
export const manifestTypes = ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.ollama.manifest.list.v2+json'];

const layerForm = z.object({ mediaType: z.string(), digest: z.string(), size: z.number().int().nonnegative() });
const manifestForm = z.object({ config: layerForm.optional(), layers: z.array(layerForm).min(1).max(mostLayers) });
/** https://github.com/ollama/ollama/blob/main/manifest/manifest.go: a child holds its layers, or the digest of a manifest that does. */
const childForm = z.object({
	runner: z.string().default(''),
	format: z.string().default(''),
	digest: z.string().optional(),
	config: layerForm.optional(),
	layers: z.array(layerForm).max(mostLayers).optional(),
});
const listForm = z.object({ manifests: z.array(childForm).min(1).max(mostChildren) });
/** The engines whose models are GGUF files, the usual one first. */
const runners = ['ollama', 'llamacpp', ''];

export type Layer = Omit<z.infer<typeof layerForm>, 'digest'> & { digest: Digest };

/** `elsewhere`: another manifest, which is no list, has the layers; `otherEngine`: nothing in it is a GGUF. */
export type Manifest = { kind: 'layers'; layers: Layer[]; config: Layer | null } | { kind: 'elsewhere'; digest: Digest } | { kind: 'otherEngine' };

/**
 * Reads a manifest of the Ollama registry, of a list the child that is a GGUF; null for what is no manifest.
 *
 * Throws NAME_NOT_ALLOWED for a digest that is none.
 */
export function readManifest(content: unknown): Manifest | null {
	const list = listForm.safeParse(content).data;
	const manifest = list ? chooseChild(list.manifests) : manifestForm.safeParse(content).data;
	if (list && !manifest) return { kind: 'otherEngine' };
	if (!manifest) return null;
	const { layers, config } = manifest;
	if (layers?.length) return { kind: 'layers', layers: layers.map(withDigest), config: config ? withDigest(config) : null };
	return 'digest' in manifest && manifest.digest !== undefined ? { kind: 'elsewhere', digest: readDigest(manifest.digest) } : null;
}

function chooseChild(children: readonly z.infer<typeof childForm>[]): z.infer<typeof childForm> | undefined {
	const fit = children.filter(({ format }) => ['', 'gguf'].includes(format.toLowerCase()));
	return runners.map((name) => fit.find(({ runner }) => runner.toLowerCase() === name)).find((child) => child !== undefined);
}

function withDigest(layer: z.infer<typeof layerForm>): Layer {
	return { ...layer, digest: readDigest(layer.digest) };
}
