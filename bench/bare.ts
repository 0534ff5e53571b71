import { getLlama, type LlamaContextSequence, type Token } from 'node-llama-cpp';

// The other side of the engine's benches: node-llama-cpp called with nothing around it, in a process of its own, which
// `startBare.ts` starts. It is told what to do over the channel of a child process and answers with how long it took.

/** So many streams at once, each with a fresh prompt of so many tokens and so many tokens of answer. */
export interface BareOrder {
	streams: number;
	promptTokens: number;
	answerTokens: number;
}

const [, , modelPath = '', contextTokens = '1024', sequences = '8', threads = '1'] = process.argv;
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 0 });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: Number(contextTokens), sequences: Number(sequences), threads: Number(threads) });
const slots = Array.from({ length: Number(sequences) }, () => context.getSequence());
const words = model.tokenize('the sun and the moon are far away from here but we can see them both in the sky '.repeat(200));
let seed = 0;

async function answer(sequence: LlamaContextSequence, { promptTokens, answerTokens }: BareOrder): Promise<{ tokens: number; firstAt: number }> {
	await sequence.clearHistory();
	const start = ++seed % 100;
	const history: Token[] = words.slice(start, start + promptTokens);
	let tokens = 0;
	let firstAt = 0;
	// The app's own default settings, so that both sides draw tokens with the same effort.
	const repeatPenalty = { penalty: 1.1, punishTokens: () => history.slice(-64), maxPunishTokens: 64 };
	for await (const token of sequence.evaluate(history.slice(), { temperature: 0.7, topP: 0.95, topK: 40, minP: 0.05, seed, repeatPenalty })) {
		history.push(token);
		if (++tokens === 1) firstAt = performance.now();
		if (tokens >= answerTokens) break;
	}
	return { tokens, firstAt };
}

process.on('message', async (order: BareOrder) => {
	const from = performance.now();
	const workedFrom = process.cpuUsage();
	const answers = await Promise.all(slots.slice(0, order.streams).map((sequence) => answer(sequence, order)));
	const firstMs = Math.max(...answers.map(({ firstAt }) => firstAt)) - from;
	const worked = process.cpuUsage(workedFrom);
	process.send?.({
		ms: performance.now() - from,
		firstMs,
		workedMs: (worked.user + worked.system) / 1000,
		answerTokens: answers.reduce((sum, { tokens }) => sum + tokens, 0),
	});
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
