import {
	type ChatHistoryItem,
	type ChatModelFunctionCall,
	type ChatModelFunctions,
	ChatWrapper,
	GeneralChatWrapper,
	JinjaTemplateChatWrapper,
	Llama3_1ChatWrapper,
	Llama3_2LightweightChatWrapper,
	type LlamaModel,
	LlamaText,
	MistralChatWrapper,
	QwenChatWrapper,
	resolveChatWrapper,
	SeedChatWrapper,
	SpecialTokensText,
	type Token,
	type Tokenizer,
} from 'node-llama-cpp';
import { failure, isFailure } from '#contract/errors.ts';
import { CallSyntax } from './CallSyntax.ts';
import type { ChatTurn, OfferedTools, ToolCall } from './hostContract.ts';
import { TimeLimitError, withTimeLimit } from './withTimeLimit.ts';

/** No template that is meant to be used takes longer for a conversation. */
const renderLimitMs = 1000;
/** What form a template has, and how it writes calls, is found by rendering dozens of conversations, once each: a slow machine with other work takes seconds. */
const searchLimitMs = 5000;

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
 * are code from the file, so every rendering ends within a second, and what is searched in one within five, or fails as `TEMPLATE_TIMEOUT`.
 */
export class ChatRenderer {
	readonly #model: LlamaModel;
	readonly #modelName: string;
	readonly #template: string | null;
	readonly #wrapper: ChatWrapper;
	readonly #tokenizer: Tokenizer;
	/** Writes conversations with calls; made when one is first asked for. */
	#caller: { wrapper: ChatWrapper; syntax: CallSyntax } | undefined;

	/** Throws `TEMPLATE_TIMEOUT` or `TEMPLATE_FAILED` for a template that cannot be used. */
	constructor(model: LlamaModel, modelName: string, givenTemplate: string | null = null) {
		this.#model = model;
		this.#modelName = modelName;
		this.#template = templateOf(model) ?? givenTemplate;
		this.#tokenizer = tokenizerFor(model, this.#template);
		const jinja = jinjaOf(model, this.#template);
		// A template that cannot run at all must not be replaced by a guess, which would answer in a form the model never learned.
		if (jinja) this.#limited(() => new JinjaTemplateChatWrapper(jinja));
		this.#wrapper = this.#limited(() => chooseWrapper(model, jinja), searchLimitMs);
		this.render([{ role: 'user', content: 'Hello' }]);
	}

	/** @param functions what the model is told that it may call. Throws `TOOLS_UNSUPPORTED` where its template knows no calls and there are any. */
	render(turns: readonly ChatTurn[], functions: OfferedTools['functions'] = []): RenderedChat {
		const hasCalls = functions.length > 0 || turns.some(({ calls }) => calls);
		const wrapper = hasCalls ? this.#withCalls().wrapper : this.#wrapper;
		const offered = functions.length > 0 ? { availableFunctions: toFunctions(this.#apart(functions)), documentFunctionParams: true } : {};
		const state = this.#limited(() => wrapper.generateContextState({ chatHistory: this.#toHistory(turns), ...offered }));
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
		const last = turns.at(-1);
		const trimStart = last?.role !== 'assistant' || last.calls !== undefined;
		return { tokens: this.#withBegin(state.contextText.tokenize(this.#tokenizer)), stopTokens, stopTexts, trimStart };
	}

	/** A text to go on with, as it is. */
	plain(text: string): RenderedChat {
		const { bos, shouldPrependBosToken } = this.#model.tokens;
		const tokens = this.#tokenizer(text, false, 'trimLeadingSpace');
		return { tokens: bos !== null && shouldPrependBosToken ? [bos, ...tokens] : tokens, stopTokens: new Set(), stopTexts: [], trimStart: false };
	}

	/** How the model writes calls. Throws `TOOLS_UNSUPPORTED`. */
	get callSyntax(): CallSyntax {
		return this.#withCalls().syntax;
	}

	#withCalls(): { wrapper: ChatWrapper; syntax: CallSyntax } {
		this.#caller ??=
			this.#limited(() => {
				const wrapper = chooseCaller(this.#wrapper, this.#template);
				return wrapper && { wrapper, syntax: new CallSyntax(wrapper, this.#model) };
			}, searchLimitMs) ?? undefined;
		if (!this.#caller) throw failure('TOOLS_UNSUPPORTED', { name: this.#modelName });
		return this.#caller;
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

	#toHistory(turns: readonly ChatTurn[]): ChatHistoryItem[] {
		const history: ChatHistoryItem[] = [];
		turns.forEach(({ role, content, calls = [] }, at) => {
			const last = history.at(-1);
			const said = content === '' && calls.length > 0 ? [] : [content];
			const response = [...said, ...calls.map((call, n) => this.#toCall(call, n))];
			if (role === 'system') history.push({ type: 'system', text: LlamaText(content).toJSON() });
			else if (role === 'user') history.push({ type: 'user', text: content });
			// What it says once it has what it called for belongs to the same turn of its.
			else if (last?.type === 'model' && turns[at - 1]?.calls) last.response.push(...response);
			else history.push({ type: 'model', response });
		});
		// The model's own turn is the last one, empty as yet; one that is there already is continued.
		if (history.at(-1)?.type !== 'model') history.push({ type: 'model', response: [] });
		return history;
	}

	#toCall({ name, arguments: params, result }: ToolCall, at: number): ChatModelFunctionCall {
		return { type: 'functionCall', name, params: this.#apart(JSON.parse(params)), result: jsonOr(result), startsNewChunk: at === 0 };
	}

	/**
	 * The same values, but that no text in them is a control token: each that would be gets a space after its first character.
	 *
	 * Templates write functions and arguments themselves, so that these, unlike messages, are tokenised as a part of the template.
	 */
	#apart<T>(values: T): T {
		let json = JSON.stringify(values);
		for (;;) {
			const marks = new Set(this.#model.tokenize(json, true).filter((token) => this.#model.isSpecialToken(token)));
			const texts = [...marks].map((token) => this.#model.detokenize([token], true)).filter((text) => text.length > 1 && json.includes(text));
			// It has the shape that it had: a mark has no quotation marks, and nothing else was changed.
			if (texts.length === 0) return JSON.parse(json) as T;
			for (const text of texts) json = json.replaceAll(text, `${text.charAt(0)} ${text.slice(1)}`);
		}
	}

	#limited<T>(work: () => T, limitMs = renderLimitMs): T {
		try {
			return withTimeLimit(limitMs, work);
		} catch (error) {
			if (isFailure(error)) throw error;
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

/** Most conversations have no tools, so the costly search for how the template writes them is left to `chooseCaller`. */
function jinjaOf({ tokenizer }: LlamaModel, template: string | null) {
	return template ? { template, functionCallMessageTemplate: 'noJinja' as const, tokenizer } : undefined;
}

function chooseWrapper(model: LlamaModel, jinjaTemplate: ReturnType<typeof jinjaOf>): ChatWrapper {
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

/**
 * Those of node-llama-cpp's own forms in which a call is a name and JSON with something around them. Others are spread over channels, or write
 * arguments in a way of their own.
 */
const plainCallers = [QwenChatWrapper, Llama3_1ChatWrapper, Llama3_2LightweightChatWrapper, MistralChatWrapper, SeedChatWrapper];

/**
 * What writes conversations in which the model calls functions, in the form that it was trained for; null where there is none.
 *
 * node-llama-cpp knows the form of some models, and finds that of a template which writes calls by trying it.
 */
function chooseCaller(wrapper: ChatWrapper, template: string | null): ChatWrapper | null {
	if (template === null || !/\btools\b/.test(template)) return null;
	if (plainCallers.some((known) => wrapper instanceof known)) return wrapper;
	if (!(wrapper instanceof JinjaTemplateChatWrapper) && wrapper.settings.functions !== ChatWrapper.defaultSettings.functions) return null;
	const found = new JinjaTemplateChatWrapper({ template, functionCallMessageTemplate: 'auto' });
	return found.usingJinjaFunctionCallTemplate ? found : null;
}

function toFunctions(functions: OfferedTools['functions']): ChatModelFunctions {
	// The form was checked when its grammar was made.
	return Object.fromEntries(functions.map(({ name, description, form }) => [name, { description, ...(form ? { params: form } : {}) }])) as ChatModelFunctions;
}

/** What is JSON is told as it is, and not as a text with quotes around it. */
function jsonOr(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
