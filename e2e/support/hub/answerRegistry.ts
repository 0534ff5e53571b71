import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sendJson } from './sendJson.ts';
import type { HubRequest, RegistryModel } from './startHub.ts';

/** The name that each kind of content has: https://github.com/ollama/ollama/blob/main/server/images.go and create.go */
export const mediaTypes = {
	manifest: 'application/vnd.docker.distribution.manifest.v2+json',
	manifestList: 'application/vnd.ollama.manifest.list.v2+json',
	config: 'application/vnd.docker.container.image.v1+json',
	model: 'application/vnd.ollama.image.model',
	projector: 'application/vnd.ollama.image.projector',
	adapter: 'application/vnd.ollama.image.adapter',
	template: 'application/vnd.ollama.image.template',
	system: 'application/vnd.ollama.image.system',
	params: 'application/vnd.ollama.image.params',
	license: 'application/vnd.ollama.image.license',
} as const;

/** What the registry calls some bytes. */
export function digestOf(bytes: Buffer): string {
	return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The manifest of a model: https://distribution.github.io/distribution/spec/manifest-v2-2/ */
export function manifestOf(model: RegistryModel) {
	const config = Buffer.from(JSON.stringify(model.config ?? {}));
	return {
		schemaVersion: 2,
		mediaType: mediaTypes.manifest,
		config: { mediaType: mediaTypes.config, digest: digestOf(config), size: config.length },
		layers: model.layers.map(({ mediaType, bytes, claimedDigest }) => ({ mediaType, digest: claimedDigest ?? digestOf(bytes), size: bytes.length })),
	};
}

/** One tag with several models is a list of their manifests, which lie there by their digests: https://github.com/ollama/ollama/blob/main/manifest/manifest.go */
function findManifest(registry: readonly RegistryModel[], name: string, reference: string) {
	const kept = registry.filter((each) => each.name === name).map((model) => ({ ...model, manifest: manifestOf(model) }));
	const named = kept.filter(({ tag }) => tag === reference);
	if (named.length < 2) return (named[0] ?? kept.find(({ manifest }) => manifestDigest(manifest) === reference))?.manifest ?? null;
	const manifests = named.map(({ manifest, engine }) => ({ mediaType: mediaTypes.manifest, digest: manifestDigest(manifest), ...engine }));
	return { schemaVersion: 2, mediaType: mediaTypes.manifestList, manifests };
}

function manifestDigest(manifest: ReturnType<typeof manifestOf>): string {
	return digestOf(Buffer.from(JSON.stringify(manifest)));
}

/** Answers as the registry of Ollama does, which speaks that of Docker: https://distribution.github.io/distribution/spec/api/ */
export function answerRegistry(request: HubRequest, response: ServerResponse, state: { registry: RegistryModel[]; cdnUrl: string }): ServerResponse {
	if (request.path === '/v2/') return sendJson(response, 200, {});
	const [, name, what, reference = ''] = /^\/v2\/([^/]+\/[^/]+)\/(manifests|blobs)\/(.+)$/.exec(request.path) ?? [];
	if (what === 'manifests') {
		const manifest = findManifest(state.registry, name ?? '', reference);
		if (!manifest) return sendJson(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] });
		return sendJson(response, 200, manifest, { 'content-type': manifest.mediaType });
	}
	const models = state.registry.filter((each) => each.name === name);
	const blobs = models.flatMap(({ layers, config }) => [...layers.map(({ bytes }) => bytes), Buffer.from(JSON.stringify(config ?? {}))]);
	if (!blobs.some((bytes) => digestOf(bytes) === reference)) return sendJson(response, 404, { errors: [{ code: 'BLOB_UNKNOWN' }] });
	// The bytes lie elsewhere: https://github.com/ollama/ollama/blob/main/server/download.go follows to the direct address.
	return response.writeHead(307, { location: `${state.cdnUrl}/cdn/${reference.slice('sha256:'.length)}` }).end();
}
