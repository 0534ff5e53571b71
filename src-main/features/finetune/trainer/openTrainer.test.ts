import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Buffer, Ggml } from './ggml.ts';
import { memoryNeeded } from './memoryNeeded.ts';
import { type Machinery, openTrainer, type TrainerWishes } from './openTrainer.ts';
import { makeRow } from './Row.ts';
import { readBase } from './readBase.ts';
import { ruleExamples } from './ruleRun.test-support.ts';
import { standIn } from './testCards.test-support.ts';
import { writeTrainOrder } from './trainOrder.test-support.ts';
import { testGgml, writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-open-'));
const modelPath = path.join(folder, 'model.gguf');
const mostTokens = 48;
let wishes: TrainerWishes;
beforeAll(async () => {
	writeArchitectureModel(modelPath, { layers: 2, width: 64, heads: 2, kvHeads: 1, headLength: 32, feedForward: 96, type: 'Q8_0' });
	wishes = await writeTrainOrder(folder, modelPath);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a trainer, lets it learn from two rows, and tells how it was opened. */
function openAndLearn(machinery: Machinery, mostBytes = wishes.mostBytes) {
	const { trainer, ...opened } = openTrainer(machinery, readBase(modelPath), { ...wishes, mostBytes }, mostTokens, { onProgress() {}, onWork() {} });
	try {
		const gradientsBefore = trainer.parameters.map(({ gradient }) => Math.hypot(...gradient));
		const { sum, tokens } = trainer.accumulate(ruleExamples(2, 0).map((example) => makeRow([example])));
		return { ...opened, loss: sum / tokens, gradientsBefore, computesOn: trainer.device, cardBytesNow: trainer.memory.cardBytes };
	} finally {
		trainer.close();
	}
}

/** ggml that fails once, at the so-many-th call of one function, and the buffers that are not given back yet. */
function failingOnce(name: 'backend_alloc_ctx_tensors_from_buft' | 'compute', at: number) {
	let calls = 0;
	const held = new Set<Buffer>();
	const ggml: Ggml = {
		...testGgml,
		backend_alloc_ctx_tensors_from_buft(context, type) {
			if (name === 'backend_alloc_ctx_tensors_from_buft' && ++calls === at) return null;
			const buffer = testGgml.backend_alloc_ctx_tensors_from_buft(context, type);
			if (buffer) held.add(buffer);
			return buffer;
		},
		backend_buffer_free(buffer) {
			held.delete(buffer);
			testGgml.backend_buffer_free(buffer);
		},
		compute(scheduler, graph) {
			if (name === 'compute' && ++calls === at) throw new Error('the driver is gone');
			testGgml.compute(scheduler, graph);
		},
	};
	return { ggml, held };
}

test('a card with room computes, and what of it is taken is told; nothing is learnt by opening', () => {
	const opened = openAndLearn({ ggml: testGgml, card: standIn });
	expect(opened).toMatchObject({ device: 'stand-in', onProcessor: null, computesOn: standIn.device });
	expect(opened.cardBytes).toBeGreaterThan(100_000);
	expect(opened.cardBytesNow).toBeGreaterThan(opened.cardBytes ?? 0);
	expect(opened.gradientsBefore.every((length) => length === 0)).toBe(true);
});

test('a card is thought to need no less than it then holds', () => {
	const { cardBytes } = openAndLearn({ ggml: testGgml, card: standIn });
	const { rank, targets } = wishes.settings;
	expect(memoryNeeded(readBase(modelPath), { rank, targets, mostTokens }).onCard.needed).toBeGreaterThan(cardBytes ?? 0);
});

test('without a card, or with one too small, the processor computes and tells why; where none is wanted there is nothing to tell', () => {
	const withoutCard = openAndLearn({ ggml: testGgml, card: null });
	const tooSmall = openAndLearn({ ggml: testGgml, card: { ...standIn, freeBytes: 300e6 } });
	const unwanted = openAndLearn({ ggml: testGgml, card: 'unwanted' });
	expect([withoutCard, tooSmall, unwanted].map(({ onProcessor }) => onProcessor)).toEqual(['noCard', 'cardTooSmall', null]);
	expect(new Set([withoutCard.loss, tooSmall.loss, unwanted.loss]).size).toBe(1);
	expect(tooSmall).toMatchObject({ cardBytes: null, cardBytesNow: null });
});

test.for([
	{ name: 'backend_alloc_ctx_tensors_from_buft', at: 12, reason: 'cardTooSmall' },
	{ name: 'backend_alloc_ctx_tensors_from_buft', at: 60, reason: 'cardTooSmall' },
	{ name: 'compute', at: 3, reason: 'cardFailed' },
] as const)('a card that fails while it is tried ($name, $at) gives its memory back, and the processor computes', ({ name, at, reason }) => {
	const said = vi.spyOn(console, 'error').mockReturnValue();
	try {
		const { ggml, held } = failingOnce(name, at);
		const opened = openAndLearn({ ggml, card: standIn });
		expect(opened).toMatchObject({ onProcessor: reason, cardBytes: null });
		expect(opened.loss).toBe(openAndLearn({ ggml: testGgml, card: 'unwanted' }).loss);
		expect(held.size).toBe(0);
		expect(said).toHaveBeenCalled();
	} finally {
		said.mockRestore();
	}
});

test('memory that does not even do beside a card is refused with what is needed', () => {
	expect(() => openAndLearn({ ggml: testGgml, card: standIn }, 10e6)).toThrow(
		expect.objectContaining({ kind: 'outOfMemory', neededBytes: expect.any(Number) }),
	);
});
