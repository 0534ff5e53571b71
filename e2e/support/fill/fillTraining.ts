import type { Client } from '#contract/contract.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { untilJob } from './untilJob.ts';

const words = ['leaf', 'light', 'ferry', 'storm', 'class', 'table', 'river', 'stone', 'letter', 'morning'];

/** A dataset of thirty phrases with a row that cannot be used, and a run that has learnt from it; and a small one in Arabic. */
export async function fillTraining(client: Client, modelId: string): Promise<{ datasetId: string; runId: string }> {
	const phrases = Array.from({ length: 30 }, (_, at) => [
		`Say “${words[at % words.length]}” ${1 + Math.floor(at / words.length)} times.`,
		words[at % words.length],
	]);
	const rows = phrases.map(([prompt, answer]) => JSON.stringify({ prompt, completion: answer }));
	const file = { text: [...rows, '{"prompt": "Half a row'].join('\n') };
	const dataset = await client.finetune.createDataset({ title: 'Thirty phrases', source: { from: 'file', file } });
	const [version] = dataset.versions;
	if (!version) throw new Error('the dataset has no version');
	const settings = { ...settingsOfIntent('basic'), epochs: 1, threads: 1, validationFraction: 0.1, evaluateEverySteps: 2, computeOn: 'processor' as const };
	await client.finetune.createDataset({
		title: 'أمثلة من الفصل',
		source: { from: 'file', file: { text: '{"prompt": "ما هو الضوء؟", "completion": "موجة."}' } },
	});
	const { id: runId } = await client.finetune.startRun({
		title: 'Thirty phrases, once',
		modelId,
		versionId: version.id,
		intent: 'basic',
		task: 'text',
		settings,
	});
	await untilJob('training', async () => {
		for await (const { run } of await client.finetune.watchRun({ runId })) return run.job.state;
		return undefined;
	});
	return { datasetId: dataset.id, runId };
}
