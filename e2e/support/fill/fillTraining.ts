import type { Client, Inputs } from '#contract/contract.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { untilJob } from './untilJob.ts';

const words = ['leaf', 'light', 'ferry', 'storm', 'class', 'table', 'river', 'stone', 'letter', 'morning'];

/** A dataset of thirty phrases with a row that cannot be used, and two runs that have learnt from it differently; and a small one in Arabic. */
export async function fillTraining(client: Client, modelId: string): Promise<{ datasetId: string; runId: string; otherRunId: string }> {
	const phrases = Array.from({ length: 30 }, (_, at) => [
		`Say “${words[at % words.length]}” ${1 + Math.floor(at / words.length)} times.`,
		words[at % words.length],
	]);
	const rows = phrases.map(([prompt, answer]) => JSON.stringify({ prompt, completion: answer }));
	const file = { text: [...rows, '{"prompt": "Half a row'].join('\n') };
	const dataset = await client.finetune.createDataset({ title: 'Thirty phrases', source: { from: 'file', file } });
	const [version] = dataset.versions;
	if (!version) throw new Error('the dataset has no version');
	await client.finetune.createDataset({
		title: 'أمثلة من الفصل',
		source: { from: 'file', file: { text: '{"prompt": "ما هو الضوء؟", "completion": "موجة."}' } },
	});
	const order = { modelId, versionId: version.id, task: 'text' } as const;
	const runId = await train(client, { ...order, title: 'Thirty phrases, once', intent: 'basic', settings: settingsOf('basic', 1) });
	const otherRunId = await train(client, { ...order, title: 'Thirty phrases, twice', intent: 'domain', settings: settingsOf('domain', 2) });
	return { datasetId: dataset.id, runId, otherRunId };
}

function settingsOf(intent: 'basic' | 'domain', epochs: number) {
	return { ...settingsOfIntent(intent), epochs, threads: 1, validationFraction: 0.1, evaluateEverySteps: 2, computeOn: 'processor' as const };
}

/** Trains until the run is done; gives back its id. */
async function train(client: Client, order: Inputs['finetune']['startRun']): Promise<string> {
	const { id: runId } = await client.finetune.startRun(order);
	await untilJob('training', async () => {
		for await (const { run } of await client.finetune.watchRun({ runId })) return run.job;
		return undefined;
	});
	return runId;
}
