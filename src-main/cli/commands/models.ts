import type { ApiModel } from '#contract/apiModels.ts';
import type { Call, Command } from '../Command.ts';
import { usageError } from '../exitCodes.ts';
import { sizeOf } from '../sizeOf.ts';
import { columns } from '../Terminal.ts';

const lookMs = 1000;

export const models: Command = {
	name: 'models',
	words: '[start NAME | stop NAME]',
	summary: 'lists the models, loads one, or takes one out of memory',
	options: {
		context: { word: 'TOKENS', help: 'start: the context of one conversation (as the machine allows)' },
		parallel: { word: 'N', help: 'start: how many are answered side by side' },
	},
	async run({ words: [act = 'list', name, ...rest], given, client, terminal, signal }) {
		if (act === 'list' && name === undefined) return list(await (await client()).call('models', 'list', undefined), terminal);
		if ((act !== 'start' && act !== 'stop') || name === undefined || rest.length > 0)
			throw usageError('homeroom models takes nothing, "start NAME" or "stop NAME".');
		const asked = await client();
		if (act === 'stop') return tell((await asked.call('models', 'stop', { name })).model, terminal);
		const order = { name, context_tokens: given.count('context', 128, 1_048_576), parallel: given.count('parallel', 1, 64) };
		let { model } = await asked.call('models', 'start', { ...order, wait_seconds: 1 });
		while (model.state === 'starting' || model.state === 'loading') {
			terminal.progress(model.deployment?.load_fraction ?? 0, `Loading ${model.name}`);
			await new Promise((resolve) => setTimeout(resolve, lookMs));
			signal.throwIfAborted();
			// Whatever it failed with is told by asking for it once more.
			model = (await asked.call('models', 'start', { name, wait_seconds: 1 })).model;
		}
		tell(model, terminal);
	},
};

function list({ models: found }: { models: ApiModel[] }, terminal: Call['terminal']): void {
	if (terminal.isJson) for (const model of found) terminal.result(model, '');
	else if (found.length === 0) terminal.say('There are no models yet. Add one in the app: Models → Find.');
	else terminal.result({}, columns([['NAME', 'STATE', 'SIZE', 'QUANTIZATION'], ...found.map(rowOf)]));
}

function tell(model: ApiModel, terminal: Call['terminal']): void {
	terminal.result(model, `${model.name}: ${model.state}`);
}

function rowOf({ name, state, size_bytes: bytes, quantization }: ApiModel): string[] {
	return [name, state, bytes === null ? '' : sizeOf(bytes), quantization ?? ''];
}
