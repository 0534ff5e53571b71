import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import type { ModelKind } from '#contract/library.ts';
import type { Network } from '../../platform/network/Network.ts';
import type { NetworkResponse } from '../../platform/network/NetworkResponse.ts';
import { nameLicense, ollamaDefaults } from '../library/library.ts';
import { type FoundFile, type FoundModel, foundFile, type PartAddress } from './foundModel.ts';
import { type Layer, manifestTypes, readManifest } from './readManifest.ts';
import { type OllamaName, readOllamaName } from './readOllamaName.ts';
import { refusalOf } from './refusalOf.ts';
import { readDigest } from './remoteNames.ts';

const mostManifestBytes = 2 ** 20;
/** Templates, prompts, parameters and licences are far smaller. */
const mostTextBytes = 2 ** 20;

const configForm = z.object({ model_format: z.string().optional(), file_type: z.string().max(40).optional() });
type Registered = Extract<OllamaName, { kind: 'registry' }>;

/** https://github.com/ollama/ollama/blob/main/server/images.go */
const layerType = (word: string) => `application/vnd.ollama.image.${word}`;
const kinds: Record<string, ModelKind> = { [layerType('model')]: 'model', [layerType('projector')]: 'projector', [layerType('adapter')]: 'adapter' };

/**
 * The registry of Ollama, or a mirror of it: reads the manifest of a model and its small layers.
 *
 * Every digest is checked as a digest before an address is made of it, and every small layer against its digest before it is read.
 * No token is sent, and no place that the server names for signing in is gone to (GO-2025-3824).
 */
export class Ollama {
	readonly #options: { network: Pick<Network, 'request'>; endpoint: () => string };

	constructor(options: { network: Pick<Network, 'request'>; endpoint: () => string }) {
		this.#options = options;
	}

	/** A model with its files. Throws NAME_NOT_ALLOWED also for a digest that is none, and what `refusalOf` answers. */
	async show(named: Registered): Promise<FoundModel> {
		const { revision, layers, config } = await this.#readManifest(named);
		const of = (word: string) => layers.filter(({ mediaType }) => mediaType === layerType(word));
		const text = async (word: string) => {
			const [first] = of(word);
			return first ? await this.#readText(named, first) : null;
		};
		const [described, params, system, template, license] = await Promise.all([
			this.#readConfig(named, config),
			text('params'),
			text('system'),
			text('template'),
			text('license'),
		]);
		return {
			source: 'ollama',
			name: named.name,
			revision,
			license: license === null ? null : nameLicense(license),
			languages: [],
			tags: [],
			access: 'open',
			downloads: null,
			updatedAt: null,
			pageUrl: pageOf(named),
			defaults: ollamaDefaults({ params, system, template }),
			files: listFiles(named, layers, described),
		};
	}

	/** Where a layer can be had. */
	addressOf(part: { name: string; path: string }): PartAddress {
		const named = readOllamaName(part.name);
		if (named.kind !== 'registry') throw failure('NAME_NOT_ALLOWED', { what: 'model', name: part.name });
		return { url: this.#address(named, 'blobs', readDigest(part.path)), token: undefined };
	}

	/** Asks whether a registry is there. */
	async check(): Promise<void> {
		const url = `${this.#endpoint}/v2/`;
		const response = await this.#options.network.request({ url, purpose: 'test' });
		response.discard();
		if (response.status >= 500 || response.status === 429) throw await refusalOf(response, { name: '', hasToken: false, now: Date.now() });
		if (response.status < 300 && response.headers['content-type']?.includes('html'))
			throw failure('SERVER_CONFUSED', { host: response.host, what: 'a web page' });
	}

	get #endpoint(): string {
		return this.#options.endpoint().replace(/\/+$/, '');
	}

	#address(named: Registered, what: 'manifests' | 'blobs', reference: string): string {
		return `${this.#endpoint}/v2/${named.namespace}/${named.model}/${what}/${reference}`;
	}

	async #ask(named: Registered, url: string, accept: string): Promise<NetworkResponse> {
		const response = await this.#options.network.request({ url, purpose: 'search', headers: { accept } });
		if (response.status !== 200) throw await refusalOf(response, { name: named.name, hasToken: false, now: Date.now() });
		return response;
	}

	/** The layers of a model and the digest of the manifest that its name stands for, which may be a list of several. */
	async #readManifest(named: Registered): Promise<{ revision: string; layers: Layer[]; config: Layer | null }> {
		const asked = await this.#askManifest(named, named.tag);
		const { digest: revision } = asked;
		if (asked.manifest.kind === 'otherEngine') return { revision, layers: [], config: null };
		if (asked.manifest.kind === 'layers') return { revision, ...asked.manifest };
		const { manifest, digest, host } = await this.#askManifest(named, asked.manifest.digest);
		if (digest !== asked.manifest.digest) throw failure('SERVER_CONFUSED', { host, what: 'another manifest than the one asked for' });
		if (manifest.kind !== 'layers') throw failure('SERVER_CONFUSED', { host, what: 'a list of manifests in a list' });
		return { revision, ...manifest };
	}

	/** By its tag or its digest: https://distribution.github.io/distribution/spec/api/#pulling-an-image-manifest */
	async #askManifest(named: Registered, reference: string) {
		const response = await this.#ask(named, this.#address(named, 'manifests', reference), manifestTypes.join(', '));
		const { host } = response;
		const bytes = await response.bytes(mostManifestBytes);
		const manifest = readManifest(readJson(z.unknown(), bytes));
		if (!manifest) throw failure('SERVER_CONFUSED', { host, what: 'no manifest' });
		return { manifest, digest: digestOf(bytes), host };
	}

	async #readConfig(named: Registered, config: Layer | null) {
		if (config === null || config.size > mostTextBytes) return {};
		return readJson(configForm, await this.#readBlob(named, config)) ?? {};
	}

	async #readText(named: Registered, layer: Layer): Promise<string | null> {
		if (layer.size > mostTextBytes) return null;
		return (await this.#readBlob(named, layer)).toString('utf8');
	}

	async #readBlob(named: Registered, { digest, size }: Layer): Promise<Buffer> {
		const response = await this.#ask(named, this.#address(named, 'blobs', digest), '*/*');
		const bytes = await response.bytes(size);
		if (digestOf(bytes) !== digest) throw failure('DOWNLOAD_CORRUPT', { fileName: named.name, host: response.host });
		return bytes;
	}
}

function digestOf(bytes: Buffer): string {
	return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function readJson<Shape extends z.ZodType>(shape: Shape, bytes: Buffer): z.infer<Shape> | null {
	try {
		return shape.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
	} catch {
		return null;
	}
}

/** The files that can be loaded: layers in GGUF. Ollama also keeps models as loose tensors, which are left out. */
function listFiles(named: Registered, layers: Layer[], config: z.infer<typeof configForm> | Record<string, never>): FoundFile[] {
	if (config.model_format !== undefined && config.model_format !== 'gguf') return [];
	return layers.flatMap(({ mediaType, digest, size }) => {
		const kind = kinds[mediaType];
		if (kind === undefined) return [];
		const fileName = `${named.model}-${named.tag}${kind === 'model' ? '' : `-${kind}`}.gguf`;
		const quantization = kind === 'model' ? (config.file_type ?? null) : null;
		return [foundFile({ id: digest, fileName, kind, quantization, parts: [{ path: digest, sizeBytes: size, checksum: digest }] })];
	});
}

function pageOf({ namespace, model, tag }: Registered): string {
	return `https://ollama.com/${namespace}/${model}:${tag}`;
}
