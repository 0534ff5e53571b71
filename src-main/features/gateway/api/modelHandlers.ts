import type { ApiModel } from '#contract/apiModels.ts';
import type { Deployment } from '#contract/engine.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { answerPaid } from '../answerPaid.ts';
import { within } from '../eventStream.ts';
import type { NamedModel } from '../ModelNames.ts';
import { type ApiTools, answered, endedBy, on } from './apiTools.ts';

const routeStays = 'This is a route: it is there as long as something behind it answers. Models are stopped by their own names.';

export function modelHandlers(tools: ApiTools) {
	const { models } = on;
	const { names, engine, library, routes } = tools;
	const shown = (accountId: string, named: NamedModel) => {
		const model = findModel(library, named.id);
		if (model) return shownModel(named, model, engine.deployments(accountId));
		return shownRoute(named, routes.offered(accountId).find(({ id }) => id === named.id)?.isUp === true);
	};
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
			const model = findModel(library, named.id);
			refuseBeyondTraining(model, input.context_tokens);
			if (model) await engine.load(accountId, named.id, { wishes });
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
			if (one(accountId, named).model.type === 'route') throw failure('INVALID_INPUT', { issues: [{ path: 'name', message: routeStays }] });
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
				isWhole: true,
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
						from_cache: piece.usage.repeat !== undefined,
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

/** Throws INVALID_INPUT with the most that a model takes. */
function refuseBeyondTraining(model: Model | null, wished: number | undefined): void {
	const most = model?.contextTokens ?? Number.POSITIVE_INFINITY;
	if (wished === undefined || wished <= most) return;
	throw failure('INVALID_INPUT', { issues: [{ path: 'context_tokens', message: `This model was made for a context of ${most} tokens at the most.` }] });
}

/** A model of the library; null for what is answered elsewhere, as a route is. */
function findModel(library: ApiTools['library'], modelId: string): Model | null {
	try {
		return library.get(modelId);
	} catch (error) {
		if (isFailure(error, 'NOT_FOUND')) return null;
		throw error;
	}
}

function shownModel({ id, name }: NamedModel, model: Model, deployments: readonly Deployment[]): ApiModel {
	const own = deployments.filter(({ modelId }) => modelId === id);
	const deployment = own.find(({ state }) => state === 'running') ?? own[0] ?? null;
	return {
		...{ id, name, type: 'model', architecture: model.architecture, parameters: model.parameters },
		...{ quantization: model.quantization, size_bytes: model.sizeBytes, context_tokens: model.contextTokens },
		state: deployment?.state ?? 'stopped',
		deployment: deployment && {
			...{ id: deployment.id, load_fraction: deployment.loadFraction, active_requests: deployment.activeRequests },
			...{ context_tokens: deployment.plan?.contextTokens ?? null, parallel: deployment.plan?.parallel ?? null },
			...{ memory_bytes: deployment.memoryBytes, tokens_per_second: deployment.tokensPerSecond, device: deployment.device },
			failure: deployment.failure && { code: deployment.failure.code, message: deployment.failure.message, data: deployment.failure.data },
		},
	};
}

/** A route is there as long as something behind it could answer. */
function shownRoute({ id, name }: NamedModel, isUp: boolean): ApiModel {
	const unknown = { architecture: null, parameters: null, quantization: null, size_bytes: null, context_tokens: null, deployment: null };
	return { id, name, type: 'route', ...unknown, state: isUp ? 'running' : 'failed' };
}
