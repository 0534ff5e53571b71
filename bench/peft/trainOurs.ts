import { writeFileSync } from 'node:fs';
import { usualAdamW } from '../../src-main/features/finetune/trainer/AdamW.ts';
import { targets } from '../../src-main/features/finetune/trainer/Adapter.ts';
import { readExamples } from '../../src-main/features/finetune/trainer/exampleFile.ts';
import { findLibraries } from '../../src-main/features/finetune/trainer/findLibraries.ts';
import { openGgml } from '../../src-main/features/finetune/trainer/ggml.ts';
import { planRows } from '../../src-main/features/finetune/trainer/planRows.ts';
import { readBase } from '../../src-main/features/finetune/trainer/readBase.ts';
import { Trainer } from '../../src-main/features/finetune/trainer/Trainer.ts';
import { TrainingRun } from '../../src-main/features/finetune/trainer/TrainingRun.ts';
import { writeAdapter } from '../../src-main/features/finetune/trainer/writeAdapter.ts';

// Our side of compare.py: `node trainOurs.ts MODEL EXAMPLES ADAPTER RESULT`. Writes the adapter as it begins, and then for each step its
// loss, its learning rate and its rows, so that the other side can begin with the same values and follow in the same order.

const [, , modelPath = '', examplesPath = '', adapterPath = '', resultPath = ''] = process.argv;
const steps = 50;
const settings = {
	epochs: 10,
	rowsPerStep: 4,
	mostTokens: 64,
	packing: false,
	seed: 5,
	learningRate: 5e-3,
	warmUpFraction: 0.1,
	lastRateFraction: 0.1,
	optimizer: { ...usualAdamW, weightDecay: 0.01 },
};

const examples = await readExamples(examplesPath);
const adapter = { rank: 8, alpha: 16, targets, seed: 1 };
const trainer = new Trainer(openGgml(await findLibraries()), readBase(modelPath), { adapter, threads: 1, mostTokens: settings.mostTokens, rowsAtOnce: 2 });
await writeAdapter(adapterPath, trainer.adapter, trainer.base, 'beginning');
const run = new TrainingRun(trainer, examples, settings);
const told = [];
while (told.length < steps && !run.done) {
	const { epoch, rowsDone } = run.progress;
	const rows = planRows(examples, epoch, settings).slice(rowsDone, rowsDone + settings.rowsPerStep);
	const { loss, learningRate, gradientLength } = run.step();
	told.push({ loss, learningRate, gradientLength, rows: rows.map(({ tokens, goals }) => ({ tokens: [...tokens], goals: [...goals] })) });
}
writeFileSync(resultPath, JSON.stringify({ adapter, optimizer: settings.optimizer, steps: told }));
trainer.close();
