import type { LlamaModel, Token } from 'node-llama-cpp';
import type { ChatRenderer, RenderedChat } from './ChatRenderer.ts';
import type { ChatTurn } from './hostContract.ts';

/** A chat as a model reads it, and which of its tokens are to be learnt. */
export interface EncodedChat {
	tokens: Token[];
	learnt: boolean[];
}

/** The whole of a chat up to the end of an answer, which begins at `from`. */
interface ToldAnswer {
	tokens: Token[];
	from: number;
}

type Vocabulary = Pick<LlamaModel, 'tokens' | 'tokenize' | 'detokenize' | 'isEogToken'>;

/** Between what an answer says and the token that ends it a template writes white space at most. */
const mostBeforeEnd = 4;
/** By so many tokens the end of an answer is found again where the template writes its beginning otherwise. */
const tailTokens = 8;

/**
 * Makes tokens of a chat to learn from. Learnt are the assistant's answers, each with the token that ends it; what stands before an
 * answer is, token by token, what the model would be asked it with.
 *
 * Ends with the last answer. Where the template shows an earlier answer otherwise later on (some leave out what a model thought), that one is
 * read and not learnt. An answer that nothing is asked before is learnt only if it is all there is.
 */
export function encodeChat(model: Vocabulary, renderer: ChatRenderer, turns: readonly ChatTurn[]): EncodedChat {
	const said = turns.flatMap(({ role }, i) => (role === 'assistant' && (i > 0 || turns.length === 1) ? [i] : []));
	const answers = said.map((at) => tellAnswer(model, renderer, turns, at));
	const last = answers.at(-1);
	if (!last) {
		const { tokens } = renderer.render(turns);
		return { tokens, learnt: tokens.map(() => false) };
	}
	const learnt = last.tokens.map(() => false);
	for (const { tokens, from } of answers) if (startsWith(last.tokens, tokens)) learnt.fill(true, from, tokens.length);
	return { tokens: last.tokens, learnt };
}

function tellAnswer(model: Vocabulary, renderer: ChatRenderer, turns: readonly ChatTurn[], at: number): ToldAnswer {
	const prompt = renderer.render(turns.slice(0, at));
	const { tokens: asked } = prompt;
	const told = turns.slice(0, at + 1);
	const rendered = renderer.render(told).tokens;
	const tokens = startsWith(rendered, asked) ? rendered : [...asked, ...model.tokenize(turns[at]?.content ?? '', false, 'trimLeadingSpace')];
	const next = renderer.render([...told, { role: 'user', content: 'x' }]).tokens;
	const following = startsWith(next, tokens) ? next.slice(tokens.length) : afterLast(next, tokens.slice(asked.length).slice(-tailTokens));
	return { tokens: [...tokens, ...endAfter(model, prompt, following)], from: asked.length };
}

/** What the template writes after an answer up to a token at which answering stops, or else the model's own end. */
function endAfter(model: Vocabulary, prompt: RenderedChat, following: readonly Token[]): Token[] {
	const end = following.slice(0, mostBeforeEnd).findIndex((token) => model.isEogToken(token) || prompt.stopTokens.has(token));
	if (end >= 0 && model.detokenize(following.slice(0, end), true).trim() === '') return following.slice(0, end + 1);
	const { eos, eot } = model.tokens;
	const own = eos ?? eot;
	return own === null ? [] : [own];
}

/** What stands after the last place of `part`. */
function afterLast(tokens: readonly Token[], part: readonly Token[]): readonly Token[] {
	for (let at = tokens.length - part.length; at >= 0 && part.length > 0; at--)
		if (part.every((token, i) => tokens[at + i] === token)) return tokens.slice(at + part.length);
	return [];
}

function startsWith(tokens: readonly Token[], beginning: readonly Token[]): boolean {
	return beginning.length <= tokens.length && beginning.every((token, i) => tokens[i] === token);
}
