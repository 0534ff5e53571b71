import type { ExampleTurn } from '#contract/finetune.ts';
import type { JsonSchema } from '../engine/engine.ts';
import type { TrainingEngine } from './trainingTools.ts';

/** Always the likeliest word, so that two answers differ by the model alone. */
const greedy = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 };

/** Lets a model answer, with an adapter or without. Null where the answer was broken off by `signal`. Throws as `engine.generate` does. */
export async function answerTurns(
	engine: TrainingEngine,
	order: { ownerId: string; modelId: string; turns: ExampleTurn[]; maxTokens: number; jsonSchema?: JsonSchema; adapterFile: string | null },
	signal: AbortSignal,
): Promise<string | null> {
	const { adapterFile, ...request } = order;
	const adapter = adapterFile === null ? null : { file: adapterFile, scale: 1 };
	let text = '';
	for await (const piece of engine.generate({ ...request, sampling: greedy, adapter }, signal)) {
		if (piece.type === 'text') text += piece.text;
		else if (piece.type === 'end' && piece.finish === 'aborted') return null;
	}
	return text;
}
