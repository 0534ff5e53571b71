import type { ApiModel } from '#contract/apiModels.ts';
import type { Deployment } from '#contract/engine.ts';
import { isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { answerPaid } from '../answerPaid.ts';
import { within } from '../eventStream.ts';
import type { NamedModel } from '../ModelNames.ts';
import { type ApiTools, answered, endedBy, on } from './apiTools.ts';

export function modelHandlers(tools: ApiTools) {
	const { models } = on;
	const { names, engine, library } = tools;
	const shown = (accountId: string, named: NamedModel) => shownModel(named, findModel(library, named.id), engine.deployments(accountId));
	const one = (accountId: string, named: NamedModel) => ({ model: shown(accountId, named) });
	return models.router({
		list: models.list.handler(({ context }) => {
			const { accountId } = context.principal;
			return answered({ models: names.list(accountId).map((named) => shown(accountId, named)) });
		}),
		get: models.get.handler(({ context, input }) => {
			const { accountId } = context.principal;
			return answered(one(accountId, names.find(accountId, input.name)));
		}),
		start: models.start.handler(async ({ context, input, signal }) => {
			const { accountId } = context.principal;
			const named = names.find(accountId, input.name);
			const wishes = { contextTokens: input.context_tokens, parallel: input.parallel };
			if (findModel(library, named.id)) await engine.load(accountId, named.id, { wishes });
			const running = tools.models.ensureRunning(accountId, named.id, signal);
			// Where nobody waits for it any more, how it ends is told by its state.
			running.catch(() => {});
			try {
				const come = await within(running, input.wait_seconds * 1000);
				return answered(one(accountId, named), come ? 'The model is loaded.' : 'The model is being loaded.');
			} catch (error) {
				throw signal?.aborted ? endedBy(signal) : error;
			}
		}),
		stop: models.stop.handler(async ({ context, input }) => {
			const { accountId, role } = context.principal;
			const named = names.find(accountId, input.name);
			for (const { id } of engine.deployments(accountId).filter(({ modelId }) => modelId === named.id))
				await engine.unload(accountId, id, { ifUnused: role !== 'admin' });
			return answered(one(accountId, named), 'The model is not loaded.');
		}),
		chat: models.chat.handler(async ({ context, input, signal = never }) => {
			const { principal } = context;
			const model = names.find(principal.accountId, input.name);
			const usual = startingSettings(model.defaults);
			const order = {
				model,
				turns: [
					...(input.system === '' ? [] : [{ role: 'system' as const, content: input.system }]),
					...input.history,
					{ role: 'user' as const, content: input.message },
				],
				sampling: {
					temperature: input.temperature ?? usual.temperature,
					topP: input.top_p ?? usual.topP,
					topK: usual.topK,
					minP: usual.minP,
					repeatPenalty: usual.repeatPenalty,
					seed: input.seed ?? usual.seed,
				},
				maxTokens: input.max_tokens ?? usualTokens,
				isLengthFree: input.max_tokens === undefined,
				stop: [...usual.stop, ...input.stop],
			};
			let response = '';
			try {
				for await (const piece of answerPaid(tools, principal, order, signal)) {
					if (piece.type === 'text') response += piece.text;
					if (piece.type !== 'end') continue;
					if (piece.finish === 'aborted') throw endedBy(signal);
					const { promptTokens, completionTokens } = piece.usage;
					return answered({
						...{ response, model: model.name, finish_reason: piece.finish, prompt_tokens: promptTokens, completion_tokens: completionTokens },
						...{ tokens_consumed: piece.receipt.charged, remaining_tokens: piece.receipt.remaining },
					});
				}
			} catch (error) {
				throw signal.aborted && !isFailure(error) ? endedBy(signal) : error;
			}
			throw new Error('an answer had no end');
		}),
	});
}

/** An answer that nobody limits goes on for so long. */
const usualTokens = 1024;

/** Where nobody can leave. */
const never = new AbortController().signal;

/** A model of the library; null for what is answered elsewhere, as a route is. */
function findModel(library: ApiTools['library'], modelId: string): Model | null {
	try {
		return library.get(modelId);
	} catch (error) {
		if (isFailure(error, 'NOT_FOUND')) return null;
		throw error;
	}
}

function shownModel({ id, name }: NamedModel, model: Model | null, deployments: readonly Deployment[]): ApiModel {
	const own = deployments.filter(({ modelId }) => modelId === id);
	const deployment = own.find(({ state }) => state === 'running') ?? own[0] ?? null;
	return {
		...{ id, name, type: model ? 'model' : 'route', architecture: model?.architecture ?? null, parameters: model?.parameters ?? null },
		...{ quantization: model?.quantization ?? null, size_bytes: model?.sizeBytes ?? null, context_tokens: model?.contextTokens ?? null },
		// What is answered elsewhere is there whenever it is asked.
		state: deployment?.state ?? (model ? 'stopped' : 'running'),
		deployment: deployment && {
			...{ id: deployment.id, load_fraction: deployment.loadFraction, active_requests: deployment.activeRequests },
			...{ context_tokens: deployment.plan?.contextTokens ?? null, parallel: deployment.plan?.parallel ?? null },
			...{ memory_bytes: deployment.memoryBytes, tokens_per_second: deployment.tokensPerSecond, device: deployment.device },
			failure: deployment.failure && { code: deployment.failure.code, message: deployment.failure.message, data: deployment.failure.data },
		},
	};
}
