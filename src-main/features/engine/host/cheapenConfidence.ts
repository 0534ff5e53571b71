import type { LlamaContext, LlamaModel } from 'node-llama-cpp';

/** `-1` for no token at all. */
type Draw = (at: number, sampler: Sampler, ...ask: unknown[]) => Promise<unknown>;
interface Sampler {
	applyConfig(config: { temperature: number }): void;
}

/**
 * Makes the `confidence` that node-llama-cpp gives for a token it has drawn cheap: how likely the model itself thought it, before grammar,
 * temperature and penalties.
 *
 * The library's own is taken after these: it puts the whole vocabulary through the grammar and sorts it, for each token (measured with a model of
 * 0.5B shape on one core, processor time of a token: 43 → 97 ms with 152,000 tokens in the vocabulary, 36 → 44 ms with 32,000). This draws as if
 * it were not asked for, and then reads the drawn token's logit, the highest and the sum of all
 * (0.8 to 1.2 ms; 1.8 % of the time for a prompt of 300 and an answer of 100 tokens with 152,000).
 */
export function cheapenConfidence(context: LlamaContext, model: LlamaModel): void {
	// What is used of both is left out of their types. The version is pinned, and the test compares with what the library itself gives.
	const { _ctx: drawing } = context as unknown as { _ctx: { sampleToken: Draw } };
	const { _llama: llama, _model: weights } = model as unknown as { _llama: { _bindings: { AddonSampler: new (of: unknown) => Sampler } }; _model: unknown };
	const draw = drawing.sampleToken.bind(drawing);
	/** One for each that draws at the same time: a sampler has a room of its own for the vocabulary. */
	const idle: Sampler[] = [];
	const measure = async (at: number, token: number): Promise<number> => {
		const sampler = idle.pop() ?? new llama._bindings.AddonSampler(weights);
		sampler.applyConfig({ temperature: 0 });
		try {
			// Without probabilities and confidence, which sort; with the logits of this token and of the likeliest.
			const told = await draw(at, sampler, false, false, [[token], false, false, true, 0], true);
			// So the addon answers (AddonContext.cpp, OnOK): the token drawn, two that were not asked for, tokens with their logits, and the sum.
			const [likeliest, , , pairs, total] = told as [number, undefined, undefined, number[], number];
			const logitOf = (wanted: number) => pairs[pairs.findIndex((each, place) => place % 2 === 0 && each === wanted) + 1] ?? Number.NaN;
			return Math.exp(logitOf(token) - logitOf(likeliest)) / total;
		} finally {
			idle.push(sampler);
		}
	};
	const drawAndMeasure: Draw = async (at, sampler, ...ask) => {
		const [probabilities, confidence] = ask;
		if (probabilities !== false || confidence !== true) return draw(at, sampler, ...ask);
		// Asked for nothing more, it answers with the token alone.
		const token = (await draw(at, sampler)) as number;
		return token === -1 ? [token] : [token, undefined, await measure(at, token)];
	};
	Object.defineProperty(drawing, 'sampleToken', { value: drawAndMeasure });
}
