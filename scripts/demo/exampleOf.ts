import type { Example } from '../../src-main/features/finetune/trainer/Row.ts';
import type { Tokenizer } from './Tokenizer.ts';
import type { Turn } from './texts/Chat.ts';

/** A chat as the template writes it; what the model says is learnt from, with the token that ends it. */
export function exampleOf(tokenizer: Tokenizer, turns: readonly Turn[]): Example {
	const parts = turns.flatMap(({ role, content }) => [
		{ tokens: [tokenizer.control('<|im_start|>'), ...tokenizer.encode(`${role}\n`)], learnt: false },
		{ tokens: [...tokenizer.encode(content), tokenizer.control('<|im_end|>')], learnt: role === 'assistant' },
		{ tokens: tokenizer.encode('\n'), learnt: false },
	]);
	// Nothing is said after the last token that ends an answer.
	parts.pop();
	return { tokens: parts.flatMap(({ tokens }) => tokens), learnt: parts.flatMap(({ tokens, learnt }) => tokens.map(() => learnt)) };
}
