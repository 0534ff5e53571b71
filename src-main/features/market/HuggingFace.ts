import { type ListFileEntry, listFiles, listModels, modelInfo } from '@huggingface/hub';
import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import type { RemoteEntry, RemotePart } from '#contract/market.ts';
import type { Network } from '../../platform/network/Network.ts';
import { groupSplit, kindOfName, readQuantization } from '../library/library.ts';
import { type FoundFile, type FoundModel, foundFile, type PartAddress } from './foundModel.ts';
import { readLanguages, readLicense, readTags } from './readCard.ts';
import { refusalOf } from './refusalOf.ts';
import { isDigest, isFilePath, isRepoName, readCommit, readRepoName } from './remoteNames.ts';
import { requestOpenly } from './requestOpenly.ts';

/** Results of one look; the next ones come with the next. */
const searchPage = 30;
const mostAnswerBytes = 16 * 2 ** 20;
const mostFiles = 5000;

const sorts = { trending: 'trendingScore', downloads: 'downloads', likes: 'likes', recent: 'lastModified' } as const;

/** What the hub's library can be given in the place of the global `fetch`. */
type HubFetch = NonNullable<NonNullable<Parameters<typeof listModels>[0]>['fetch']>;

const count = z.number().int().nonnegative();
const info = z.object({
	id: z.string(),
	gated: z.union([z.literal(false), z.enum(['auto', 'manual'])]).default(false),
	downloads: count.optional(),
	likes: count.optional(),
	lastModified: z.string().optional(),
	sha: z.string().optional(),
	tags: z.array(z.string()).default([]),
	cardData: z.unknown().optional(),
});
const treeEntry = z.object({
	type: z.string(),
	path: z.string(),
	size: count.default(0),
	oid: z.string().optional(),
	lfs: z.object({ oid: z.string(), size: count }).optional(),
});

export interface HuggingFaceOptions {
	network: Pick<Network, 'request'>;
	/** Asked anew each time: people change it. */
	endpoint: () => string;
	token: () => string | null;
}

/**
 * Hugging Face, or a mirror of it: searches and lists through its own library, over our network and its rules.
 *
 * Nothing that the server says is believed before it was checked: shapes by schema, names by remoteNames.ts. The access token goes to
 * the endpoint alone. What cannot be loaded or asked for safely is left out of lists.
 */
export class HuggingFace {
	readonly #options: HuggingFaceOptions;

	constructor(options: HuggingFaceOptions) {
		this.#options = options;
	}

	/** GGUF repositories by words; `skip` results were had already. */
	async search(asked: { query: string; sort: keyof typeof sorts; skip: number }): Promise<{ entries: RemoteEntry[]; more: boolean }> {
		const found: RemoteEntry[] = [];
		let seen = 0;
		const listed = listModels({
			search: { query: asked.query, tags: ['gguf'] },
			sort: sorts[asked.sort],
			limit: asked.skip + searchPage + 1,
			additionalFields: ['tags'],
			hubUrl: this.#endpoint,
			fetch: this.#fetch('search', asked.query, z.array(info)),
		});
		for await (const entry of listed) {
			seen += 1;
			if (seen > asked.skip + searchPage) break;
			if (seen > asked.skip && isRepoName(entry.name)) found.push(entryOf(entry));
		}
		return { entries: found, more: seen > asked.skip + searchPage };
	}

	/** A repository with its GGUF files as of a commit, the newest unless one is named. Throws NAME_NOT_ALLOWED, and what `refusalOf` answers. */
	async show(name: string, commit: string | null): Promise<FoundModel> {
		const repo = readRepoName(name);
		const told = await modelInfo({
			name: repo,
			...(commit === null ? {} : { revision: readCommit(commit) }),
			additionalFields: ['sha', 'tags', 'cardData'],
			hubUrl: this.#endpoint,
			fetch: this.#fetch('search', repo, info),
		});
		const revision = commit ?? readCommit(told.sha ?? '');
		const files = await this.#listFiles(repo, revision);
		const tags = readTags(told.tags);
		return {
			source: 'huggingface',
			name: repo,
			revision,
			license: readLicense(told.cardData, tags),
			languages: readLanguages(told.cardData),
			tags,
			access: accessOf(told.gated),
			downloads: told.downloads ?? null,
			updatedAt: timeOf(told.updatedAt),
			pageUrl: `${this.#endpoint}/${repo}`,
			defaults: null,
			files: chooseFiles(files),
		};
	}

	/** Where a file of a commit can be had. Throws NAME_NOT_ALLOWED before an address is made of a bad name. */
	addressOf(part: { name: string; revision: string; path: string }): PartAddress {
		if (!isFilePath(part.path)) throw failure('NAME_NOT_ALLOWED', { what: 'file', name: part.path.slice(0, 120) });
		const path = part.path.split('/').map(encodeURIComponent).join('/');
		return { url: `${this.#endpoint}/${readRepoName(part.name)}/resolve/${readCommit(part.revision)}/${path}`, token: this.#options.token() ?? undefined };
	}

	/** The name of the account that the token is of; null without a token. Throws TOKEN_INVALID. */
	async account(): Promise<string | null> {
		const hasToken = this.#options.token() !== null;
		const [path, shape] = hasToken ? ['/api/whoami-v2', z.object({ name: z.string().max(200) })] : ['/api/models?limit=1', z.array(z.unknown())];
		const response = await this.#fetch('test', path, shape)(`${this.#endpoint}${path}`);
		const told = z.object({ name: z.string() }).safeParse(await response.json());
		return told.success ? told.data.name : null;
	}

	get #endpoint(): string {
		return this.#options.endpoint().replace(/\/+$/, '');
	}

	async #listFiles(repo: string, revision: string): Promise<ListFileEntry[]> {
		const files: ListFileEntry[] = [];
		const fetch = this.#fetch('search', repo, z.array(treeEntry));
		for await (const entry of listFiles({ repo, revision, recursive: true, hubUrl: this.#endpoint, fetch })) {
			if (files.length === mostFiles) throw failure('SERVER_CONFUSED', { host: new URL(this.#endpoint).host, what: `more than ${mostFiles} files` });
			files.push(entry);
		}
		return files;
	}

	/** What the hub's library fetches with: small JSON of one shape, from the endpoint alone, even where a `Link` points elsewhere. */
	#fetch(purpose: string, name: string, shape: z.ZodType): HubFetch {
		const { network, token: readToken } = this.#options;
		const { origin, host } = new URL(this.#endpoint);
		const confused = (what: string, cause?: unknown) => failure('SERVER_CONFUSED', { host, what }, cause);
		return async (input) => {
			const url = new URL(input instanceof Request ? input.url : input);
			if (url.origin !== origin) throw confused('the next page is on another server');
			const token = readToken() ?? undefined;
			const request = { url: url.href, token, purpose, headers: { accept: 'application/json' } };
			// A test is of the token itself.
			const response = await (purpose === 'test' ? network.request(request) : requestOpenly(network, request));
			if (response.status !== 200) throw await refusalOf(response, { name, hasToken: token !== undefined, now: Date.now() });
			const text = await response.text(mostAnswerBytes);
			const json = parseJson(text);
			if (json === undefined) throw confused('no JSON');
			const checked = shape.safeParse(json);
			if (!checked.success) throw confused('JSON of another shape', checked.error);
			return new Response(JSON.stringify(checked.data), { headers: response.headers.link === undefined ? {} : { link: response.headers.link } });
		};
	}
}

/** Puts the files that can be had together: GGUF alone, split models whole, picture parts and adapters as such. */
function chooseFiles(entries: ListFileEntry[]): FoundFile[] {
	const files = new Map(
		entries.filter(({ type, path }) => type === 'file' && isFilePath(path) && kindOfName(path) !== null).map((entry) => [entry.path, entry]),
	);
	const whole = groupSplit([...files.keys()]).filter(({ missing }) => missing.length === 0);
	return whole.map(({ first, parts }) => {
		const fileName = first.slice(first.lastIndexOf('/') + 1);
		return foundFile({
			id: first,
			fileName,
			kind: kindOfName(first) ?? 'model',
			quantization: readQuantization(first),
			parts: parts.flatMap((path) => partOf(files.get(path))),
		});
	});
}

function partOf(entry: ListFileEntry | undefined): RemotePart[] {
	if (!entry) return [];
	const { path, lfs, oid } = entry;
	if (lfs) return [{ path, sizeBytes: lfs.size, checksum: isDigest(`sha256:${lfs.oid}`) ? `sha256:${lfs.oid}` : null }];
	return [{ path, sizeBytes: entry.size, checksum: oid !== undefined && /^[0-9a-f]{40}$/.test(oid) ? `git-sha1:${oid}` : null }];
}

type Listed = { name: string; gated: false | 'auto' | 'manual'; downloads: number; likes: number; updatedAt: Date; tags: string[] };

function entryOf(listed: Listed): RemoteEntry {
	return {
		source: 'huggingface',
		name: listed.name,
		access: accessOf(listed.gated),
		license: readLicense(undefined, readTags(listed.tags)),
		downloads: listed.downloads ?? null,
		likes: listed.likes ?? null,
		updatedAt: timeOf(listed.updatedAt),
	};
}

function accessOf(gated: false | 'auto' | 'manual'): RemoteEntry['access'] {
	return gated === false ? 'open' : gated === 'auto' ? 'automatic' : 'manual';
}

function timeOf(date: Date): number | null {
	return Number.isNaN(date.getTime()) ? null : date.getTime();
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
