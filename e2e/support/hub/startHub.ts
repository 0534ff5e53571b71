import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerHub } from './answerHub.ts';
import { answerRegistry } from './answerRegistry.ts';
import { type Fault, serveFile } from './serveFile.ts';

/** A file that a repository or the registry keeps. */
export interface HubFile {
	path: string;
	bytes: Buffer;
	/** Kept in git itself, so that no sha256 is published for it. */
	outsideLfs?: boolean;
	/** Said in place of its own checksum. */
	claimedOid?: string;
}

export interface HubRepo {
	/** `owner/name` */
	name: string;
	files: HubFile[];
	gated?: false | 'auto' | 'manual';
	tags?: string[];
	cardData?: Record<string, unknown>;
	downloads?: number;
	likes?: number;
	updatedAt?: string;
	/** The commit; made from the name where left out. */
	sha?: string;
}

export interface RegistryLayer {
	mediaType: string;
	bytes: Buffer;
	/** Said in place of its own digest. */
	claimedDigest?: string;
}

export interface RegistryModel {
	/** `library/qwen3` or `user/name` */
	name: string;
	tag: string;
	/** For which engine it is, where one tag has several. */
	engine?: { runner: string; format: string };
	/** What the config blob says. */
	config?: Record<string, unknown>;
	layers: RegistryLayer[];
}

/** One request as it came in. `server` tells which of the two addresses it came to. */
export interface HubRequest {
	server: 'api' | 'cdn';
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
}

export interface HubOptions {
	repos?: HubRepo[];
	registry?: RegistryModel[];
	/** Whose tokens are good, and which gated repositories they open. */
	accounts?: Record<string, { name: string; granted: string[] }>;
	/** How the file that a request asks for is misserved. */
	faultFor?: (request: HubRequest) => Fault | null;
	/** Answers a request in the place of all else, where it returns true. */
	answer?: (request: HubRequest, response: ServerResponse, urls: { url: string; cdnUrl: string }) => boolean;
}

export type Hub = Awaited<ReturnType<typeof startHub>>;

/**
 * Starts a stand-in for Hugging Face and for the registry of Ollama on this machine: real HTTP at two addresses, one for what
 * is asked and one for the bytes, as the services have it.
 *
 * `repos` and `registry` may be changed while it runs. Every behaviour of the services that it models names where it is written down.
 */
export async function startHub(options: HubOptions = {}) {
	const { repos = [], registry = [], accounts = {} } = options;
	const requests: HubRequest[] = [];
	const urls = { url: '', cdnUrl: '' };
	const listener = (server: HubRequest['server']) => (message: IncomingMessage, response: ServerResponse) => {
		const request = { server, method: message.method ?? 'GET', path: message.url ?? '/', headers: message.headers };
		requests.push(request);
		if (options.answer?.(request, response, urls)) return;
		if (server === 'cdn') answerCdn(message, response, request);
		else if (request.path.startsWith('/v2/')) answerRegistry(request, response, { registry, cdnUrl: urls.cdnUrl });
		else answerHub(request, response, { repos, accounts, ...urls });
	};

	function answerCdn(message: IncomingMessage, response: ServerResponse, request: HubRequest): void {
		const sha = /^\/cdn\/([0-9a-f]{64})/.exec(request.path)?.[1];
		const bytes = allBytes(repos, registry).find((each) => createHash('sha256').update(each).digest('hex') === sha);
		if (bytes && sha !== undefined) serveFile(message, response, { bytes, etag: `"${sha}"`, fault: options.faultFor?.(request) ?? null });
		else response.writeHead(404).end();
	}

	const [api, cdn] = [createServer(listener('api')), createServer(listener('cdn'))];
	urls.url = await listen(api);
	urls.cdnUrl = await listen(cdn);
	return {
		...urls,
		requests,
		repos,
		registry,
		async close() {
			await Promise.all([api, cdn].map(closeServer));
		},
	};
}

function allBytes(repos: HubRepo[], registry: RegistryModel[]): Buffer[] {
	const blobs = registry.flatMap(({ layers, config }) => [...layers.map(({ bytes }) => bytes), Buffer.from(JSON.stringify(config ?? {}))]);
	return [...repos.flatMap(({ files }) => files.map(({ bytes }) => bytes)), ...blobs];
}

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the hub has no port');
	return `http://127.0.0.1:${address.port}`;
}

async function closeServer(server: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeAllConnections();
	await closed;
}
