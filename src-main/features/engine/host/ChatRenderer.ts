import {
	type ChatHistoryItem,
	type ChatWrapper,
	GeneralChatWrapper,
	JinjaTemplateChatWrapper,
	type LlamaModel,
	LlamaText,
	resolveChatWrapper,
	SpecialTokensText,
	type Token,
	type Tokenizer,
} from 'node-llama-cpp';
import { failure } from '#contract/errors.ts';
import type { ChatTurn } from './hostContract.ts';
import { TimeLimitError, withTimeLimit } from './withTimeLimit.ts';

/** A conversation as the model reads it, and how the end of its answer is recognised. */
export interface RenderedChat {
	tokens: Token[];
	/** Tokens that end the answer beside the model's own end tokens. */
	stopTokens: ReadonlySet<Token>;
	/** Texts that end the answer. */
	stopTexts: readonly string[];
	/** The answer begins here, so white space at its start says nothing; not so when a begun answer is continued. */
	trimStart: boolean;
}

/**
 * Turns conversations into tokens by the chat template in the model's file; if it has none, by the one that is given for
 * it, or else by a general one.
 *
 * Only the template writes control tokens: the text of a message is always tokenised as plain text, whatever it contains. Templates
 * are code from the file, so every rendering ends within a second or fails as `TEMPLATE_TIMEOUT`.
 */
export class ChatRenderer {
	readonly #model: LlamaModel;
	readonly #modelName: string;
	readonly #template: string | null;
	readonly #wrapper: ChatWrapper;
	readonly #tokenizer: Tokenizer;

	/** Throws `TEMPLATE_TIMEOUT` or `TEMPLATE_FAILED` for a template that cannot be used. */
	constructor(model: LlamaModel, modelName: string, givenTemplate: string | null = null) {
		this.#model = model;
		this.#modelName = modelName;
		this.#template = templateOf(model) ?? givenTemplate;
		this.#tokenizer = tokenizerFor(model, this.#template);
		this.#wrapper = this.#limited(() => chooseWrapper(model, this.#template));
		this.render([{ role: 'user', content: 'Hello' }]);
	}

	render(turns: readonly ChatTurn[]): RenderedChat {
		const state = this.#limited(() => this.#wrapper.generateContextState({ chatHistory: toHistory(turns) }));
		const { tokenizer } = this.#model;
		const stopTokens = new Set<Token>();
		const stopTexts: string[] = [];
		for (const trigger of state.stopGenerationTriggers) {
			const special = trigger.values.every((value) => typeof value === 'string')
				? []
				: trigger.tokenize(tokenizer).filter((token) => this.#model.isSpecialToken(token));
			for (const token of special) stopTokens.add(token);
			const text = trigger.values.map((value) => (typeof value === 'string' || value instanceof SpecialTokensText ? value.toString() : '')).join('');
			if (special.length === 0 && text.trim() !== '') stopTexts.push(text);
		}
		return { tokens: this.#withBegin(state.contextText.tokenize(this.#tokenizer)), stopTokens, stopTexts, trimStart: turns.at(-1)?.role !== 'assistant' };
	}

	/**
	 * Puts the token that begins a text where the model was trained to see it, as llama.cpp does: node-llama-cpp's wrappers for known
	 * templates write one always, those for others only if the template does.
	 */
	#withBegin(tokens: Token[]): Token[] {
		const { bos, shouldPrependBosToken } = this.#model.tokens;
		if (bos === null) return tokens;
		if (shouldPrependBosToken) return tokens[0] === bos ? tokens : [bos, ...tokens];
		const written = this.#template?.includes('bos_token') ?? false;
		return tokens[0] === bos && !written ? tokens.slice(1) : tokens;
	}

	#limited<T>(work: () => T): T {
		try {
			return withTimeLimit(1000, work);
		} catch (error) {
			if (error instanceof TimeLimitError) throw failure('TEMPLATE_TIMEOUT', { name: this.#modelName });
			const detail = error instanceof Error ? error.message : String(error);
			throw failure('TEMPLATE_FAILED', { name: this.#modelName, detail: detail.slice(0, 500) }, error);
		}
	}
}

/** Marks in templates that part turns; those of thoughts and tools are an answer's own. */
const turnMark = /<[^<>\s'"{}]*(?:start|end|im_|inst|user|assistant|system|header|turn|sys|eot|eos|bos)[^<>\s'"{}]*>|\[\/?INST\]/giu;

/**
 * The model's tokenizer, but that text never becomes a mark of the template.
 *
 * llama.cpp leaves control tokens alone in text, and finds those that a file calls user-defined in any text: where a file calls the
 * template's marks that, they are taken apart after their first character.
 */
function tokenizerFor(model: LlamaModel, template: string | null): Tokenizer {
	const { tokenizer } = model;
	const marks = [...new Set(template?.match(turnMark) ?? [])].filter((mark) => tokenizer(mark, false, 'trimLeadingSpace').length === 1);
	if (marks.length === 0) return tokenizer;
	const inside = new RegExp(marks.map((mark) => `(?<=${RegExp.escape(mark.charAt(0))})(?=${RegExp.escape(mark.slice(1))})`).join('|'), 'u');
	return new Proxy(tokenizer, {
		apply(whole, self, asked: [text: string, special?: boolean | 'builtin', options?: 'trimLeadingSpace']): Token[] {
			const [text, special, options] = asked;
			if (special) return Reflect.apply(whole, self, asked);
			return text.split(inside).flatMap((piece, i) => whole(piece, false, i === 0 ? options : 'trimLeadingSpace'));
		},
	});
}

function templateOf(model: LlamaModel): string | null {
	const template = model.fileInfo.metadata.tokenizer?.chat_template;
	return typeof template === 'string' && template.trim() !== '' ? template : null;
}

function chooseWrapper(model: LlamaModel, template: string | null): ChatWrapper {
	// Tools are not used, so the costly search for how the template writes them is left out.
	const jinjaTemplate = template ? { template, functionCallMessageTemplate: 'noJinja' as const, tokenizer: model.tokenizer } : undefined;
	// A template that cannot run at all must not be replaced by a guess, which would answer in a form the model never learned.
	if (jinjaTemplate) new JinjaTemplateChatWrapper(jinjaTemplate);
	// Without `llama` among the options templates are rendered by JavaScript alone, which a time limit can break off.
	const wrapper = resolveChatWrapper({
		bosString: model.tokens.bosString,
		architecture: model.architecture,
		fileInfo: model.fileInfo,
		tokenizer: model.tokenizer,
		warningLogs: false,
		fallbackToOtherWrappersOnJinjaError: false,
		...(model.filename === undefined ? {} : { filename: model.filename }),
		...(jinjaTemplate ? { customWrapperSettings: { jinjaTemplate } } : {}),
	});
	return wrapper ?? new GeneralChatWrapper();
}

function toHistory(turns: readonly ChatTurn[]): ChatHistoryItem[] {
	const history = turns.map(({ role, content }): ChatHistoryItem => {
		if (role === 'assistant') return { type: 'model', response: [content] };
		return role === 'system' ? { type: 'system', text: LlamaText(content).toJSON() } : { type: 'user', text: content };
	});
	// The model's own turn is the last one, empty as yet; one that is there already is continued.
	if (history.at(-1)?.type !== 'model') history.push({ type: 'model', response: [] });
	return history;
}
