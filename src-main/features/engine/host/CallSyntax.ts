import { type ChatWrapper, type LlamaModel, LlamaText, SpecialTokensText, type Token, type Tokenizer } from 'node-llama-cpp';

type Piece = string | LlamaText;

/**
 * How a model writes that it calls a function: what its template puts before the name, between that and the arguments, and after them.
 *
 * The names and arguments are the model's own, all around them is put there as the template has it, so that no call can be malformed.
 */
export class CallSyntax {
	/** With one of these tokens, or before one of these texts, a model that was free to answer has begun to call. */
	readonly marks: { tokens: ReadonlySet<Token>; texts: readonly string[] };
	/** What the text after a name begins with; no name has it in it. */
	readonly nameEnd: string;
	/** How the text goes on after a call where another one follows; null where the template has no form for several. */
	readonly furtherMark: string | null;
	readonly #wrapper: Pick<ChatWrapper, 'settings'>;
	readonly #tokenizer: Tokenizer;

	constructor(wrapper: Pick<ChatWrapper, 'settings'>, model: Pick<LlamaModel, 'tokenizer'>) {
		this.#wrapper = wrapper;
		this.#tokenizer = model.tokenizer;
		const { call, parallelism } = wrapper.settings.functions;
		const section = parallelism?.call.sectionPrefix ?? '';
		const begins = [
			textOf(section) === '' ? call.prefix : section,
			...(parallelism?.call.sectionPrefixAlternateMatches ?? []),
			...(call.prefixAlternateMatches ?? []),
		].map(markOf);
		const asToken = (mark: string) => {
			const [first] = this.#tokenizer(mark, true);
			if (first === undefined || !this.#tokenizer.isSpecialToken(first)) return undefined;
			// One that a word follows may begin other things than a call, and as a text it is never seen.
			return /^\p{L}/u.test(mark.slice(this.#tokenizer.detokenize([first], true).length)) ? null : first;
		};
		this.marks = {
			tokens: new Set(begins.flatMap((mark) => asToken(mark) ?? [])),
			texts: begins.filter((mark) => mark !== '' && asToken(mark) === undefined),
		};
		this.nameEnd = textOf(call.paramsPrefix).charAt(0) || '\n';
		this.furtherMark = parallelism ? textOf(LlamaText([parallelism.call.betweenCalls ?? '', call.prefix])).trim() : null;
	}

	/** What stands before the name of a call; `at` is how many came before it. */
	begin(at: number): Token[] {
		const { call, parallelism } = this.#wrapper.settings.functions;
		return this.#tokens(LlamaText([at > 0 ? (parallelism?.call.betweenCalls ?? '') : (parallelism?.call.sectionPrefix ?? ''), call.prefix]));
	}

	/** A name, and what stands between it and the arguments. */
	name(name: string): Token[] {
		return this.#tokens(LlamaText([name, named(this.#wrapper.settings.functions.call.paramsPrefix, name)]));
	}

	/** The arguments of a function that takes none. */
	get noArguments(): Token[] {
		return this.#tokens(LlamaText('{}'));
	}

	/** What stands after the arguments. */
	end(name: string): Token[] {
		return this.#tokens(named(this.#wrapper.settings.functions.call.suffix, name));
	}

	#tokens(text: LlamaText): Token[] {
		return text.tokenize(this.#tokenizer, 'trimLeadingSpace');
	}
}

/** The part of what stands before a call that tells it from an answer: its mark, or where the template has none, all of it. */
function markOf(prefix: Piece): string {
	const first = LlamaText(prefix).trimStart().values[0];
	if (first instanceof SpecialTokensText) return /^\S+/.exec(first.value.trimStart())?.[0] ?? '';
	return textOf(prefix).trim();
}

function textOf(piece: Piece): string {
	return LlamaText(piece)
		.values.map((value) => (typeof value === 'string' || value instanceof SpecialTokensText ? value.toString() : ''))
		.join('');
}

/** node-llama-cpp puts a name in the place of `{{functionName}}`, in plain text alone. */
function named(piece: Piece, name: string): LlamaText {
	return LlamaText(piece).mapValues((value) => (typeof value === 'string' ? value.replaceAll('{{functionName}}', name) : value));
}
