import { likelyTokensOf } from '#contract/priceOf.ts';
import { type Models, type OpenAdapter, type Purse, writeInForm } from '../engine/engine.ts';
import type { Ask } from './translateBatch.ts';

/** Another try at what could not be read: with a little chance in it, since without any it would be the same again. */
const varied = { temperature: 0.4, topP: 0.95, topK: 40, minP: 0.05, repeatPenalty: 1.1, seed: 1 };

/** Makes requests of a film to a model, each in a history of its own and within what `purse` gives. Throws the engine's failures, JobPaused, and the reason of `signal`. */
export function askModel(
	{ engine, purse }: { engine: Pick<Models, 'generate'>; purse: Purse },
	who: { modelId: string; ownerId: string; adapter: OpenAdapter | null; reuse?: 'never' },
	signal: AbortSignal,
): Ask {
	return async ({ turns, schema, maxTokens, attempt }) => {
		const leastTokens = Math.ceil(likelyTokensOf(turns) / 4);
		const order = {
			...who,
			turns,
			jsonSchema: schema,
			budgets: [maxTokens],
			leastTokens,
			logProbabilities: true,
			sampling: attempt === 0 ? undefined : varied,
		};
		const written = await writeInForm({ engine, allotment: purse }, order, signal);
		if (written.end === 'aborted') throw signal.reason;
		return written.end === 'whole' ? { text: written.text, spans: written.spans } : null;
	};
}
