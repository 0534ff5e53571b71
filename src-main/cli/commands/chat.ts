import type { Command } from '../Command.ts';
import { Ended, exitCodes, usageError } from '../exitCodes.ts';
import { readInput, readyOutput } from '../files.ts';

export const chat: Command = {
	name: 'chat',
	words: 'MODEL [MESSAGE]',
	summary: 'asks a model; without a message, what is piped in is asked',
	options: {
		system: { word: 'TEXT', help: 'what the model is told before' },
		'max-tokens': { word: 'N', help: 'the longest answer (as the model advises)' },
		temperature: { word: 'T', help: 'from 0, the likeliest word each time, to 2' },
		seed: { word: 'N', help: 'the same number, the same answer' },
		out: { word: 'FILE', help: 'writes the answer into a file, or what came of it where it is stopped' },
		force: { help: 'replaces a file that is there' },
	},
	async run({ words: [model, ...words], given, client, terminal, stdin }) {
		if (model === undefined) throw usageError('Which model? homeroom models lists them.');
		const out = await readyOutput(given);
		if (words.length === 0 && stdin.isTTY) throw usageError('What shall be asked? Write it behind the model, or pipe it in.');
		const message = words.length > 0 && words.join(' ') !== '-' ? words.join(' ') : (await readInput('-', stdin)).bytes.toString('utf8');
		if (message.trim() === '') throw usageError('There is nothing in the message.');
		const system = given.text('system');
		const order = {
			model,
			messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), { role: 'user', content: message }],
			max_tokens: given.count('max-tokens', 1, 1_048_576),
			temperature: given.number('temperature', 0, 2),
			seed: given.count('seed', 0, 0xffff_ffff),
		};
		let text = '';
		let isWritten = false;
		try {
			for await (const piece of (await client()).chat(order)) {
				if ('text' in piece) {
					text += piece.text;
					if (out === undefined) terminal.piece(piece.text);
					continue;
				}
				const { finish, promptTokens, completionTokens } = piece;
				await out?.write(text);
				isWritten = true;
				const told = { response: text, model, finish_reason: finish, prompt_tokens: promptTokens, completion_tokens: completionTokens };
				terminal.result(told, out === undefined ? '' : `${out.path}: ${completionTokens} tokens`);
				if (finish === 'length') throw new Ended(exitCodes.failed, 'CUT_OFF', 'The answer is not whole: --max-tokens, the context or the tokens ran out.');
			}
		} catch (error) {
			// What came is paid for.
			if (out && text !== '' && !isWritten) {
				await out.write(text);
				terminal.say(`${out.path} holds what came until then.`);
			}
			throw error;
		}
	},
};
