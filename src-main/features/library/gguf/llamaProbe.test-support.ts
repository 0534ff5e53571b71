import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

/** What the child is sent: a model file, and a LoRA adapter to put on it. */
export interface ProbeOrder {
	modelPath: string;
	adapter?: string;
}

/**
 * A child process of tests: loads each model that it is sent, lets it say a few words, and answers how that went. What
 * llama.cpp cannot bear ends this process.
 */
const llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });

process.on('message', async (order: ProbeOrder) => process.send?.(await probe(order)));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function probe({ modelPath, adapter }: ProbeOrder): Promise<string> {
	try {
		const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
		try {
			const context = await model.createContext({
				...{ contextSize: 64, batchSize: 32, sequences: 1, threads: 1 },
				...(adapter === undefined ? {} : { lora: { adapters: [{ filePath: adapter }] } }),
			});
			const prompt = model.tokenize('a b 你好 🙂\n<s>', true).slice(0, 40);
			if (prompt.length === 0) return 'ran';
			let said = 0;
			for await (const token of context.getSequence().evaluate(prompt, { temperature: 1 })) {
				model.detokenize([token], true);
				if (++said === 3) break;
			}
			return 'ran';
		} finally {
			await model.dispose();
		}
	} catch (error) {
		return `refused: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
	}
}
