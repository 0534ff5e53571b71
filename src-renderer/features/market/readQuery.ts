import type { RemoteSource } from '#contract/market.ts';

/** A model by its source and its name there. */
export interface RemoteName {
	source: RemoteSource;
	name: string;
}

/** What was typed into the search field: words to search for, and models that it names outright. */
export interface Query {
	/** Empty where nothing is to be searched for: an address names its model. */
	words: string;
	named: RemoteName[];
}

const repoName = /^[\w.-]+\/[\w.-]+$/;
const ollamaName = /^(?:[\w-][\w.-]*\/)?[a-z0-9][\w.-]*(?::[\w][\w.-]*)?$/;
/** What may stand before a name that was copied whole. */
const command = /^(?:ollama\s+(?:run|pull)|huggingface-cli\s+download|hf\s+download)\s+/i;

/**
 * Reads what was typed or pasted into the search field: an address of huggingface.co or of its mirror (`hubEndpoint`), of hf.co or
 * ollama.com, a name such as `owner/repository` or `qwen3:4b`, or words.
 */
export function readQuery(text: string, hubEndpoint = 'https://huggingface.co'): Query {
	const typed = text.trim().replace(command, '').trim();
	if (typed === '') return { words: '', named: [] };
	const address = readAddress(typed);
	if (address) {
		const named = nameInAddress(address, hubEndpoint);
		// What is no address of a model can still be searched for by its words.
		return named ? { words: '', named: [named] } : { words: typed, named: [] };
	}
	const named: RemoteName[] = [];
	if (repoName.test(typed)) named.push({ source: 'huggingface', name: typed });
	else if (ollamaName.test(typed)) named.push({ source: 'ollama', name: typed });
	return { words: typed.replaceAll(':', ' '), named };
}

const hosts = ['huggingface.co', 'hf.co', 'ollama.com', 'registry.ollama.ai'];

/** The address in the text, also one that was pasted without `https://`. */
function readAddress(typed: string): URL | null {
	const isBare = hosts.some((host) => typed.startsWith(`${host}/`) || typed.startsWith(`www.${host}/`));
	const whole = isBare ? `https://${typed}` : typed;
	return /^https?:\/\//i.test(whole) && URL.canParse(whole) ? new URL(whole) : null;
}

function nameInAddress(address: URL, hubEndpoint: string): RemoteName | null {
	const host = address.hostname.replace(/^www\./, '');
	const [first = '', second = ''] = address.pathname.split('/').filter(Boolean);
	if (host === 'ollama.com' || host === 'registry.ollama.ai') {
		const name = first === 'library' ? second : second === '' ? first : `${first}/${second}`;
		return ollamaName.test(name) ? { source: 'ollama', name } : null;
	}
	const isHub = host === 'huggingface.co' || host === 'hf.co' || (URL.canParse(hubEndpoint) && new URL(hubEndpoint).host === address.host);
	if (!isHub) return null;
	// hf.co/owner/repository:Q4_K_M is how Ollama's users name a file of a repository.
	const name = `${first}/${second.split(':')[0]}`;
	const isOther = first === 'datasets' || first === 'spaces' || first === 'models';
	return repoName.test(name) && !isOther ? { source: 'huggingface', name } : null;
}
