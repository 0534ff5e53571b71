import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sendJson } from './sendJson.ts';
import type { HubFile, HubOptions, HubRepo, HubRequest } from './startHub.ts';

interface HubState {
	repos: HubRepo[];
	accounts: NonNullable<HubOptions['accounts']>;
	url: string;
	cdnUrl: string;
}

/** Files listed on one page of a tree, so that small repositories have several. */
const treePage = 40;

/** The commit of a repository. */
export function commitOf(repo: HubRepo): string {
	return repo.sha ?? createHash('sha1').update(repo.name).digest('hex');
}

/** A file's git blob id: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function gitBlobId(bytes: Buffer): string {
	return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Answers as Hugging Face does: https://huggingface.co/docs/hub/api */
export function answerHub(request: HubRequest, response: ServerResponse, state: HubState): ServerResponse {
	const { pathname, searchParams } = new URL(request.path, state.url);
	const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
	// A bad token is told by this sentence: https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_http.py (hf_raise_for_status)
	if (token !== null && !state.accounts[token]) return sendError(response, 401, null, 'Invalid credentials in Authorization header');
	if (pathname === '/api/whoami-v2') return whoAmI(response, token, state);
	if (pathname === '/api/models') return listModels(response, searchParams, state);
	const [, name, rest] = /^\/(?:api\/models\/)?([^/]+\/[^/]+)(\/.*)?$/.exec(decodeURIComponent(pathname)) ?? [];
	const repo = state.repos.find((each) => each.name === name);
	// One that is not there answers 401 to those who are not signed in, as a private one does: same source as above.
	if (!repo) return sendError(response, token === null ? 401 : 404, 'RepoNotFound', 'Repository not found');
	if (!pathname.startsWith('/api/')) return resolveFile(request, response, { repo, rest: rest ?? '', token, state });
	const [, tree] = /^\/tree\/([^/]+)/.exec(rest ?? '') ?? [];
	if (tree !== undefined) return listTree(response, { repo, revision: tree, page: Number(searchParams.get('cursor') ?? 0), state });
	return describeRepo(response, repo, /^\/revision\/(.+)$/.exec(rest ?? '')?.[1] ?? 'HEAD');
}

/** https://github.com/huggingface/huggingface.js/blob/main/packages/hub/src/lib/who-am-i.ts */
function whoAmI(response: ServerResponse, token: string | null, { accounts }: HubState): ServerResponse {
	const account = token === null ? undefined : accounts[token];
	if (!account) return sendError(response, 401, null, 'Invalid username or password.');
	return sendJson(response, 200, { type: 'user', id: account.name, name: account.name });
}

/** https://github.com/huggingface/huggingface.js/blob/main/packages/hub/src/lib/list-models.ts: `search`, `filter`, `sort`, `limit`, and the next page in `Link`. */
function listModels(response: ServerResponse, search: URLSearchParams, { repos, url }: HubState): ServerResponse {
	const words = (search.get('search') ?? '').toLowerCase();
	const wanted = search.getAll('filter');
	const limit = Number(search.get('limit') ?? 30);
	const from = Number(search.get('cursor') ?? 0);
	const measure = (repo: HubRepo) => (search.get('sort') === 'likes' ? (repo.likes ?? 0) : (repo.downloads ?? 0));
	const found = repos.filter((repo) => repo.name.toLowerCase().includes(words) && wanted.every((tag) => tagsOf(repo).includes(tag)));
	const sorted = found.sort((a, b) => measure(b) - measure(a));
	const next = new URLSearchParams(search);
	next.set('cursor', String(from + limit));
	const link: Record<string, string> = sorted.length > from + limit ? { link: `<${url}/api/models?${next}>; rel="next"` } : {};
	return sendJson(response, 200, sorted.slice(from, from + limit).map(infoOf), link);
}

function describeRepo(response: ServerResponse, repo: HubRepo, revision: string): ServerResponse {
	if (!isRevision(repo, revision)) return sendError(response, 404, 'RevisionNotFound', 'Invalid rev id');
	return sendJson(response, 200, infoOf(repo));
}

/** https://github.com/huggingface/huggingface.js/blob/main/packages/hub/src/lib/list-files.ts: `oid` is git's, `lfs.oid` a sha256. */
function listTree(response: ServerResponse, asked: { repo: HubRepo; revision: string; page: number; state: HubState }): ServerResponse {
	const { repo, revision, page, state } = asked;
	if (!isRevision(repo, revision)) return sendError(response, 404, 'RevisionNotFound', 'Invalid rev id');
	const entries = repo.files.slice(page * treePage, (page + 1) * treePage).map((file) => {
		const size = file.bytes.length;
		if (file.outsideLfs) return { type: 'file', path: file.path, size, oid: file.claimedOid ?? gitBlobId(file.bytes) };
		return {
			type: 'file',
			path: file.path,
			size,
			oid: gitBlobId(Buffer.from(file.path)),
			lfs: { oid: file.claimedOid ?? sha256Of(file.bytes), size, pointerSize: 134 },
		};
	});
	const more = repo.files.length > (page + 1) * treePage;
	const next = `${state.url}/api/models/${repo.name}/tree/${revision}?recursive=true&expand=false&cursor=${page + 1}`;
	return sendJson(response, 200, entries, more ? { link: `<${next}>; rel="next"` } : {});
}

/**
 * Sends on to where the bytes lie, with the commit, the size and the checksum in headers of their own:
 * https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/constants.py (HUGGINGFACE_HEADER_X_…) and
 * file_download.py there (get_hf_file_metadata).
 */
function resolveFile(
	request: HubRequest,
	response: ServerResponse,
	asked: { repo: HubRepo; rest: string; token: string | null; state: HubState },
): ServerResponse {
	const { repo, rest, token, state } = asked;
	const [, revision = '', path = ''] = /^\/resolve\/([^/]+)\/(.+)$/.exec(rest) ?? [];
	if (repo.gated) {
		// https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_http.py: GatedRepo in X-Error-Code
		if (token === null) return sendError(response, 401, 'GatedRepo', `Access to model ${repo.name} is restricted.`);
		if (!state.accounts[token]?.granted.includes(repo.name)) return sendError(response, 403, 'GatedRepo', `Access to model ${repo.name} is restricted.`);
	}
	if (!isRevision(repo, revision)) return sendError(response, 404, 'RevisionNotFound', 'Invalid rev id');
	const file = repo.files.find((each) => each.path === path);
	if (!file) return sendError(response, 404, 'EntryNotFound', 'Entry not found');
	return response.writeHead(302, linkedHeaders(repo, file, `${state.cdnUrl}/cdn/${sha256Of(file.bytes)}?signature=${encodeURIComponent(request.path)}`)).end();
}

function linkedHeaders(repo: HubRepo, file: HubFile, location: string): Record<string, string> {
	return { location, 'x-repo-commit': commitOf(repo), 'x-linked-size': String(file.bytes.length), 'x-linked-etag': `"${sha256Of(file.bytes)}"` };
}

/** https://github.com/huggingface/huggingface.js/blob/main/packages/hub/src/types/api/api-model.ts */
function infoOf(repo: HubRepo) {
	return {
		_id: createHash('md5').update(repo.name).digest('hex').slice(0, 24),
		id: repo.name,
		private: false,
		gated: repo.gated ?? false,
		downloads: repo.downloads ?? 0,
		likes: repo.likes ?? 0,
		lastModified: repo.updatedAt ?? '2026-01-01T00:00:00.000Z',
		sha: commitOf(repo),
		tags: tagsOf(repo),
		...(repo.cardData ? { cardData: repo.cardData } : {}),
	};
}

function tagsOf(repo: HubRepo): string[] {
	return ['gguf', ...(repo.tags ?? [])];
}

function isRevision(repo: HubRepo, revision: string): boolean {
	return revision === 'main' || revision === 'HEAD' || revision === commitOf(repo);
}

function sha256Of(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function sendError(response: ServerResponse, status: number, code: string | null, message: string): ServerResponse {
	return sendJson(response, status, { error: message }, { 'x-error-message': message, ...(code === null ? {} : { 'x-error-code': code }) });
}
