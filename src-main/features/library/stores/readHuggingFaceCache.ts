import { basename, join, relative } from 'node:path';
import { findsOfFiles, type StoreFind } from './StoreFind.ts';
import { readNote, type StoreWalk } from './StoreWalk.ts';

const repoForm = /^models--(.+)$/;
const commitForm = /^[0-9a-f]{40}$/;
const sha256Form = /^[0-9a-f]{64}$/;

/**
 * Finds the GGUF files of a Hugging Face cache: `models--<owner>--<name>/snapshots/<commit>/<file>` links to a file in
 * `blobs/`, which is named by its sha256 if it is a large one. Where there are no links the file itself is there.
 *
 * Of a file that several commits share, the one of the `main` branch is taken. Source: https://huggingface.co/docs/hub/local-cache
 */
export async function readHuggingFaceCache(folder: string, walk: StoreWalk): Promise<StoreFind[]> {
	const finds: StoreFind[] = [];
	for (const repo of await walk.folders(folder)) {
		const [, name] = repoForm.exec(repo) ?? [];
		if (name === undefined) continue;
		const main = (await readNote(join(folder, repo, 'refs', 'main')))?.trim();
		const commits = (await walk.folders(join(folder, repo, 'snapshots'))).filter((commit) => commitForm.test(commit));
		const taken = new Set<string>();
		for (const commit of commits.sort((a, b) => Number(b === main) - Number(a === main))) {
			const snapshot = join(folder, repo, 'snapshots', commit);
			for (const find of await filesOf(snapshot, join(folder, repo), name.replaceAll('--', '/'), walk)) {
				if (taken.has(find.key)) continue;
				taken.add(find.key);
				finds.push(find.find);
			}
		}
	}
	return finds;
}

async function filesOf(snapshot: string, repoFolder: string, repoName: string, walk: StoreWalk) {
	const files = await walk.files(snapshot, (name) => /\.gguf$/i.test(name), repoFolder);
	const realPaths = new Map(files.map(({ path, realPath }) => [path, realPath]));
	return findsOfFiles('huggingface', files, (path) => `${repoName}/${relative(snapshot, path).replaceAll('\\', '/')}`).map((find) => {
		const blobs = find.paths.map((path) => basename(realPaths.get(path) ?? ''));
		const sha256s = blobs.every((blob) => sha256Form.test(blob)) ? blobs : null;
		return { key: find.paths.map((path) => realPaths.get(path)).join('\n'), find: { ...find, sha256s } };
	});
}
