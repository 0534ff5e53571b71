import { failure } from '#contract/errors.ts';
import { isRepoName, shorten } from './remoteNames.ts';

/** A name of the Ollama registry taken apart, or a repository of Hugging Face that was written the way Ollama takes it. */
export type OllamaName =
	| { kind: 'registry'; namespace: string; model: string; tag: string /** As people write it: `qwen3:4b`, `user/name:tag`. */; name: string }
	| { kind: 'huggingface'; repo: string };

/** https://github.com/ollama/ollama/blob/main/types/model/name.go: letters, digits, `_`, `-` and `.`, at most 80 of them, the first no mark. */
const wordForm = /^[A-Za-z0-9_][\w.-]{0,79}$/;
const registryHosts: ReadonlySet<string> = new Set(['registry.ollama.ai', 'ollama.com']);
const huggingFaceHosts: ReadonlySet<string> = new Set(['hf.co', 'huggingface.co']);

/**
 * Reads a name as people copy it: `qwen3`, `qwen3:4b`, `user/name:tag`, `registry.ollama.ai/library/qwen3:4b`, or `hf.co/owner/repo`,
 * with or without `https://` before it. The tag is `latest` where none is named.
 *
 * Throws NAME_NOT_ALLOWED for names of other registries and for what is no name.
 */
export function readOllamaName(text: string): OllamaName {
	const refused = () => failure('NAME_NOT_ALLOWED', { what: 'model', name: shorten(text) });
	const segments = text
		.trim()
		.replace(/^https?:\/\//, '')
		.split('/');
	const host = segments.length > 2 || segments[0]?.includes('.') ? segments[0]?.toLowerCase() : undefined;
	if (segments.length === 3 && host !== undefined && huggingFaceHosts.has(host)) {
		const repo = `${segments[1]}/${segments[2]?.split(':')[0]}`;
		if (!isRepoName(repo)) throw refused();
		return { kind: 'huggingface', repo };
	}
	const path = host !== undefined && registryHosts.has(host) ? segments.slice(1) : segments;
	const [last, namespace = 'library', ...others] = path.toReversed();
	const [model = '', tag = 'latest', ...more] = last?.split(':') ?? [];
	const isGood = [namespace, model, tag].every((word) => wordForm.test(word) && !word.includes('..'));
	if (!isGood || others.length > 0 || more.length > 0) throw refused();
	return { kind: 'registry', namespace, model, tag, name: `${namespace === 'library' ? '' : `${namespace}/`}${model}:${tag}` };
}
