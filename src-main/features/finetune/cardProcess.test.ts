import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { eventsOf, ofType, openTrainerProcess } from './openTrainerProcess.test-support.ts';
import type { Example } from './trainer/Row.ts';
import { realCard, whyNoCard } from './trainer/testCards.test-support.ts';
import type { TrainOrder } from './trainer/trainerContract.ts';
import { writeTrainOrder } from './trainer/trainOrder.test-support.ts';
import { writeArchitectureModel } from './trainer/writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-card-process-'));
const modelPath = path.join(folder, 'model.gguf');
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examples: Example[] = Array.from({ length: 8 }, (_, number) => {
	const tokens = Array.from({ length: 16 }, (_, i) => 20 + ((number * 37 + i * i * 11 + number * i * 17) % 100));
	return { tokens, learnt: tokens.map((_, i) => i > 0) };
});

function orderIn(name: string, device: TrainOrder['device']): Promise<TrainOrder> {
	writeArchitectureModel(modelPath, { layers: 1, width: 32, heads: 1, kvHeads: 1, headLength: 32, feedForward: 64, vocabulary: 320 });
	const settings = { rank: 16, rowTokens: 32, packing: false, epochs: 2, learningRate: 1e-3 };
	const [general, validation] = [examples.slice(0, 2), examples.slice(2, 4)];
	return writeTrainOrder(path.join(folder, name), modelPath, { settings, examples, validation, general }).then((order) => ({ ...order, device }));
}

const lossesIn = (events: Awaited<ReturnType<typeof eventsOf>>) => ofType(events, 'step').map(({ loss }) => loss);

// Metal needs no driver that could be missing.
test.skipIf(process.platform === 'darwin')('where no driver is found the processor computes, and says that no card was found', async () => {
	vi.stubEnv('HOMEROOM_GPU', 'auto');
	for (const name of ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES']) vi.stubEnv(name, path.join(folder, 'none.json'));
	for (const [name, value] of Object.entries({ GGML_VK_VISIBLE_DEVICES: undefined, CUDA_VISIBLE_DEVICES: '-1' })) vi.stubEnv(name, value);
	const events = await eventsOf(await orderIn('noDriver', 'auto'));
	expect(ofType(events, 'started')).toMatchObject([{ onProcessor: 'noCard' }]);
	expect(events.at(-1)).toMatchObject({ type: 'trained' });
});

test('no card is looked for where the run, or the whole app, is to keep off it', async () => {
	const events = await eventsOf(await orderIn('off', 'auto'));
	vi.stubEnv('HOMEROOM_GPU', 'auto');
	const asked = await eventsOf(await orderIn('asked', 'processor'));
	expect([...ofType(events, 'started'), ...ofType(asked, 'started')].map(({ onProcessor }) => onProcessor)).toEqual([null, null]);
	expect(lossesIn(asked)).toEqual(lossesIn(events));
});

test.skipIf(realCard === null)(
	`a trainer’s process computes on a graphics card, and goes on there where it was paused${whyNoCard}`,
	async () => {
		const onProcessor = await eventsOf(await orderIn('processor', 'processor'));
		vi.stubEnv('HOMEROOM_GPU', 'auto');
		const order = await orderIn('card', 'auto');
		const { folder: _, checkpointEverySteps: __, metadata: ___, ...rest } = order;
		const [probed] = ofType(await eventsOf({ ...rest, kind: 'probe' }), 'probed');
		expect(probed).toMatchObject({ device: realCard?.name, onProcessor: null });
		expect(probed?.vramBytes).toBeGreaterThan(0);

		const events: Awaited<ReturnType<typeof eventsOf>> = [];
		const paused = openTrainerProcess(order);
		for await (const event of paused.events()) {
			events.push(event);
			if (event.type === 'step') void paused.pause();
		}
		events.push(...(await eventsOf(order)));
		expect(ofType(events, 'started')).toMatchObject([{ device: realCard?.name }, { device: realCard?.name, fromStep: ofType(events, 'paused')[0]?.step }]);
		expect(ofType(events, 'step').every(({ vramBytes }) => (vramBytes ?? 0) > 0)).toBe(true);
		const apart = lossesIn(events).map((loss, i) => Math.abs(loss / (lossesIn(onProcessor)[i] ?? 0) - 1));
		expect(apart.length).toBe(lossesIn(onProcessor).length);
		expect(apart.filter((each) => !(each < 1e-3))).toEqual([]);
	},
	1_800_000,
);
