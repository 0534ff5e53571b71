import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLibraries } from '../../src-main/features/finetune/trainer/findLibraries.ts';
import { openGgml } from '../../src-main/features/finetune/trainer/ggml.ts';
import { planRows } from '../../src-main/features/finetune/trainer/planRows.ts';
import { RandomStream } from '../../src-main/features/finetune/trainer/RandomStream.ts';
import { readBase } from '../../src-main/features/finetune/trainer/readBase.ts';
import { meanOf } from '../../src-main/features/finetune/trainer/TrainingRun.ts';
import { WeightTrainer } from '../../src-main/features/finetune/trainer/WeightTrainer.ts';
import { writeFirstWeights } from './demoModel.ts';
import { Tokenizer } from './Tokenizer.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-wire-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('before any training what was read once is likelier the second time', async () => {
	const file = join(folder, 'first.gguf');
	await writeFirstWeights(file, new Tokenizer([]), 1);
	const trainer = new WeightTrainer(openGgml(await findLibraries()), readBase(file), { threads: 1, mostTokens: 128 });
	const random = new RandomStream(7);
	const drawn = () => Array.from({ length: 40 }, () => 3 + random.below(256));
	/** Only of the second half something is expected. */
	const lossOf = (first: number[], second: number[]) => {
		const learnt = [...first.map(() => false), ...second.map(() => true)];
		return meanOf(trainer.evaluate(planRows([{ tokens: [...first, ...second], learnt }], 0, { mostTokens: 128, packing: true, seed: 1 })));
	};
	const lines = Array.from({ length: 8 }, drawn);
	const [again, other] = [(line: number[]) => lossOf(line, line), (line: number[]) => lossOf(line, drawn())].map((loss) => {
		const losses = lines.map(loss);
		return losses.reduce((sum, each) => sum + each, 0) / losses.length;
	});
	trainer.close();
	expect(again).toBeLessThan((other ?? 0) - 0.25);
});
