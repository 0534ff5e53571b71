import os from 'node:os';
import { refuseNetwork } from '../../../platform/process/refuseNetwork.ts';
import { watchParent } from '../../../platform/process/watchParent.ts';
import { findCard } from './findCard.ts';
import { findCardLibraries, findLibraries } from './findLibraries.ts';
import { openGgml } from './ggml.ts';
import { inspectAdapter } from './inspectAdapter.ts';
import { mergeAdapter } from './mergeAdapter.ts';
import { Pulse } from './Pulse.ts';
import { probe } from './probe.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { train, type Workplace } from './train.ts';
import { pauseMessage, type TrainerEvent, type TrainerOrder, trainerOrder } from './trainerContract.ts';

// The program that the app starts for each order (trainerContract.ts): `node runTrainer.ts`, spoken to over the channel of a child process.
watchParent();
refuseNetwork();
process.on('disconnect', () => process.exit(0));
const stopping = new AbortController();
process.on('SIGTERM', () => stopping.abort());

const order = await new Promise<TrainerOrder>((resolve, reject) => {
	process.on('message', (message: unknown) => {
		// Anything but text is none of the app's.
		const said: unknown = typeof message === 'string' ? JSON.parse(message) : null;
		if (pauseMessage.safeParse(said).success) return stopping.abort();
		const { data, error } = trainerOrder.safeParse(said);
		if (data) resolve(data);
		else reject(error);
	});
});
// People work on this machine meanwhile.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
let lastSaid = Promise.resolve();
const pulse = new Pulse(say);
try {
	const ggml = openGgml(await findLibraries());
	const wantsCard = 'device' in order && order.device === 'auto' && process.env.HOMEROOM_GPU !== 'off';
	const card = wantsCard ? findCard(ggml, await findCardLibraries()) : 'unwanted';
	await work({ ggml, card, pulse, stop: stopping.signal, say });
} catch (error) {
	if (!(error instanceof TrainerRefusal)) throw error;
	console.error(error);
	say({ type: 'refused', kind: error.kind, sentence: error.message.slice(0, 4000), neededBytes: error.neededBytes });
} finally {
	pulse.close();
}
// What was said last must be on its way before the channel closes.
await lastSaid;
process.exit(0);

function say(event: TrainerEvent): void {
	lastSaid = new Promise((resolve) => {
		if (process.connected) process.send?.(JSON.stringify(event), () => resolve());
		else resolve();
	});
}

async function work(place: Workplace): Promise<void> {
	switch (order.kind) {
		case 'train':
			return await train(order, place);
		case 'probe':
			return await probe(order, place);
		case 'merge':
			return await mergeAdapter(order, place);
		case 'inspect':
			return await inspectAdapter(order, place);
	}
}
