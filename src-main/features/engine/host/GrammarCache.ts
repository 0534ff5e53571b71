import type { Llama, LlamaGrammar } from 'node-llama-cpp';
import { failure } from '#contract/errors.ts';
import { gbnfSchema } from './gbnfSchema.ts';
import type { JsonSchema } from './hostContract.ts';

const kept = 16;
/** What node-llama-cpp makes of an integer lets it have an exponent, and so be `1e400`, which no program reads as one. */
const integerRule = /^integer-number-rule ::= .*$/m;
const plainInteger = 'integer-number-rule ::= "-"? ("0" | [1-9] [0-9]{0,15})';

/** Compiles JSON schemas into grammars, and keeps the last ones: a class of answers all ask for the same. */
export class GrammarCache {
	readonly #llama: Llama;
	readonly #grammars = new Map<string, LlamaGrammar>();

	constructor(llama: Llama) {
		this.#llama = llama;
	}

	/** Throws `BAD_GRAMMAR` for what cannot be turned into a grammar. */
	async get(schema: JsonSchema): Promise<LlamaGrammar> {
		const key = JSON.stringify(schema);
		const grammar = this.#grammars.get(key) ?? (await this.#compile(schema));
		// Taken out and put in again, so that the first of the map is the one not used for longest.
		this.#grammars.delete(key);
		this.#grammars.set(key, grammar);
		const oldest = this.#grammars.keys().next();
		if (this.#grammars.size > kept && !oldest.done) this.#grammars.delete(oldest.value);
		return grammar;
	}

	/** A grammar for one of several names, and `end` after it. */
	async choose(names: readonly string[], end: string): Promise<LlamaGrammar> {
		const choices = names.map((name) => JSON.stringify(name)).join(' | ');
		return await this.#llama.createGrammar({ grammar: `root ::= " "? (${choices}) ${JSON.stringify(end)}` });
	}

	async #compile(schema: JsonSchema): Promise<LlamaGrammar> {
		if (!gbnfSchema.safeParse(schema).success) throw failure('BAD_GRAMMAR', { detail: 'This is no JSON schema of the kind that grammars are made of.' });
		try {
			// `gbnfSchema` has just checked what the type says.
			const { grammar, trimWhitespaceSuffix, stopGenerationTriggers } = await this.#llama.createGrammarForJsonSchema(
				schema as Parameters<Llama['createGrammarForJsonSchema']>[0],
			);
			return await this.#llama.createGrammar({ grammar: grammar.replace(integerRule, plainInteger), trimWhitespaceSuffix, stopGenerationTriggers });
		} catch (error) {
			throw failure('BAD_GRAMMAR', { detail: error instanceof Error ? error.message.slice(0, 500) : 'unknown' }, error);
		}
	}
}
