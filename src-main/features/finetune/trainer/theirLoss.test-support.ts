import type { Llama, Token } from 'node-llama-cpp';
import type { Example } from './Row.ts';

/** The mean loss of examples as llama.cpp computes it on a model, with an adapter where one is given. */
export async function theirLoss(llama: Llama, modelPath: string, adapterPath: string | null, examples: readonly Example[]): Promise<number> {
	const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
	try {
		let [sum, count] = [0, 0];
		const context = await model.createContext({ contextSize: 64, threads: 1, flashAttention: false, ...(adapterPath && { lora: adapterPath }) });
		const sequence = context.getSequence();
		for (const { tokens, learnt } of examples) {
			await sequence.clearHistory();
			// The numbers are tokens of the model's vocabulary.
			const input = tokens.map((token): [Token, { generateNext: { logits: true } }] => [token as Token, { generateNext: { logits: true } }]);
			const results = await sequence.controlledEvaluate(input);
			for (const [i, result] of results.entries()) {
				if (!learnt[i + 1]) continue;
				const logits = result?.next.logits ?? new Map<Token, number>();
				const most = Math.max(...logits.values());
				const all = [...logits.values()].reduce((total, logit) => total + Math.exp(logit - most), 0);
				// As above.
				sum += Math.log(all) + most - (logits.get(tokens[i + 1] as Token) ?? 0);
				count++;
			}
		}
		return sum / count;
	} finally {
		await model.dispose();
	}
}
