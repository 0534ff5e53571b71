import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeGguf } from '../../library/gguf/writeGguf.ts';
import { templateFamilies } from '../../library/templates/templateFamilies.ts';
import { testModelContent } from '../../library/testModel.ts';
import { type Token, testVocabulary, tokenizerMetadata } from '../../library/testVocabulary.ts';
import { ChatRenderer } from './ChatRenderer.ts';
import { type EncodedChat, encodeChat } from './encodeChat.ts';
import type { ChatTurn } from './hostContract.ts';

let folder = '';
let llama: Llama;
beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-encode-'));
	llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.disabled });
});
afterAll(async () => {
	await llama.dispose();
	await rm(folder, { recursive: true, force: true });
});

/** A test model that has the marks of a template as control tokens, `end` as its end, and the template. */
async function writeModelOf(template: string, marks: readonly string[], end: string): Promise<string> {
	const own = new Set(marks);
	const kept = testVocabulary().filter(({ text }) => !own.has(text));
	// As many as before, for which there are weights.
	const tokens: Token[] = [...kept.slice(0, testVocabulary().length - own.size), ...[...own].map((text): Token => ({ text, kind: 'control' }))];
	const { metadata, tensors } = testModelContent();
	const file = path.join(folder, `${crypto.randomUUID()}.gguf`);
	await writeGguf(file, {
		metadata: {
			...metadata,
			...tokenizerMetadata(tokens),
			'tokenizer.ggml.eos_token_id': { type: 'uint32', value: tokens.findIndex(({ text }) => text === end) },
			'tokenizer.chat_template': { type: 'string', value: template },
		},
		tensors,
	});
	return file;
}

/** Loads the vocabulary of a model, and the model as it is loaded for answers; gives both back. */
async function withBoth(file: string, work: (vocabulary: LlamaModel, model: LlamaModel) => void): Promise<void> {
	const loaded = [await llama.loadModel({ modelPath: file, vocabOnly: true }), await llama.loadModel({ modelPath: file })] as const;
	try {
		work(...loaded);
	} finally {
		for (const model of loaded) await model.dispose();
	}
}

const say = (role: ChatTurn['role'], content: string): ChatTurn => ({ role, content });
const talk = [say('system', 'Be brief.'), say('user', 'Hi'), say('assistant', 'Hello.'), say('user', '你好'), say('assistant', '  Good <|im_end|> day')];

/** Where runs of learnt tokens begin and end. */
function learntRuns({ learnt }: EncodedChat): { from: number; to: number }[] {
	const runs: { from: number; to: number }[] = [];
	for (const [i, is] of learnt.entries()) {
		if (!is) continue;
		const last = runs.at(-1);
		if (last?.to === i) last.to++;
		else runs.push({ from: i, to: i + 1 });
	}
	return runs;
}

const families: [string, string, [string, string]][] = [
	['chatml', '<|im_end|>', ['Hello.<|im_end|>', 'Good <|im_end|> day<|im_end|>']],
	['llama3', '<|eot_id|>', ['Hello.<|eot_id|>', 'Good <|im_end|> day<|eot_id|>']],
	['gemma', '<end_of_turn>', ['Hello.<end_of_turn>', 'Good <|im_end|> day<end_of_turn>']],
	['phi3', '<|end|>', ['Hello.<|end|>', 'Good <|im_end|> day<|end|>']],
	['mistral', '</s>', ['Hello.</s>', 'Good <|im_end|> day</s>']],
	['llama2', '</s>', ['Hello.</s>', 'Good <|im_end|> day</s>']],
	['deepseek', '<｜end▁of▁sentence｜>', ['Hello.<｜end▁of▁sentence｜>', 'Good <|im_end|> day<｜end▁of▁sentence｜>']],
];
test.each(families)('in the form of %s answers are learnt with their end, after the very prompts they are asked with', async (name, end, answers) => {
	const family = templateFamilies.find((each) => each.name === name);
	if (!family) throw new Error('no such family');
	const marks = [...family.needs, ...family.knows, ...(name === 'phi3' ? ['<|system|>'] : [])];
	await withBoth(await writeModelOf(family.jinja, marks, end), (vocabulary, model) => {
		const chat = encodeChat(vocabulary, new ChatRenderer(vocabulary, 'Test'), talk);
		const asked = new ChatRenderer(model, 'Test');
		const runs = learntRuns(chat);
		expect(runs.map(({ from, to }) => model.detokenize(chat.tokens.slice(from, to), true).trimStart())).toEqual(answers);
		for (const [i, { from, to }] of runs.entries()) {
			const prompt = asked.render(talk.slice(0, 2 + 2 * i));
			expect(chat.tokens.slice(0, from)).toEqual(prompt.tokens);
			const ending = chat.tokens[to - 1];
			expect(ending !== undefined && (model.isEogToken(ending) || prompt.stopTokens.has(ending))).toBe(true);
			// What a text says never ends an answer, also where it looks like it.
			expect(chat.tokens.slice(from, to - 1).filter((token) => model.isEogToken(token))).toEqual([]);
		}
		expect(runs.at(-1)?.to).toBe(chat.tokens.length);
	});
});

test('where a template shows earlier answers otherwise, the last one alone is learnt', async () => {
	// As some do of models that think.
	const forgetful =
		"{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' }}{% if m.role == 'assistant' and loop.last %}{{ '<think></think>' }}{% endif %}" +
		"{{ m.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
	await withBoth(await writeModelOf(forgetful, ['<|im_start|>', '<|im_end|>'], '<|im_end|>'), (vocabulary, model) => {
		const turns = [say('user', 'a'), say('assistant', 'b'), say('user', 'c'), say('assistant', 'd')];
		const chat = encodeChat(vocabulary, new ChatRenderer(vocabulary, 'Test'), turns);
		const [run, ...others] = learntRuns(chat);
		expect(others).toEqual([]);
		expect(model.detokenize(chat.tokens.slice(run?.from, run?.to), true)).toBe('d<|im_end|>');
		expect(chat.tokens.slice(0, run?.from)).toEqual(new ChatRenderer(model, 'Test').render(turns.slice(0, 3)).tokens);
	});
});

test('a template that closes no answer is given the end of the model', async () => {
	const open = "{% for m in messages %}{{ m.role + ': ' + m.content + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}";
	await withBoth(await writeModelOf(open, [], '<|im_end|>'), (vocabulary) => {
		const chat = encodeChat(vocabulary, new ChatRenderer(vocabulary, 'Test'), talk.slice(1));
		expect(learntRuns(chat).map(({ from, to }) => vocabulary.detokenize(chat.tokens.slice(from, to), true))).toEqual(['  Good <|im_end|> day<|im_end|>']);
		expect(vocabulary.isEogToken(chat.tokens.at(-1))).toBe(true);
	});
});

test('what nobody answered is read and not learnt', async () => {
	await withBoth(await writeModelOf(templateFamilies[0]?.jinja ?? '', [], '<|im_end|>'), (vocabulary) => {
		const renderer = new ChatRenderer(vocabulary, 'Test');
		expect(learntRuns(encodeChat(vocabulary, renderer, talk.slice(0, 2)))).toEqual([]);
		const alone = encodeChat(vocabulary, renderer, [say('assistant', 'Hello.')]);
		expect(learntRuns(alone)).toEqual([{ from: alone.tokens.length - countOf(vocabulary, 'Hello.') - 1, to: alone.tokens.length }]);
		const greeted = encodeChat(vocabulary, renderer, [say('assistant', 'Hello.'), say('user', 'Hi'), say('assistant', 'Yes.')]);
		expect(learntRuns(greeted)).toHaveLength(1);
	});
});

function countOf(model: LlamaModel, text: string): number {
	return model.tokenize(text, false).length;
}
