import { Pulse } from './Pulse.ts';
import type { Workplace } from './train.ts';
import type { TrainerEvent } from './trainerContract.ts';
import { testGgml } from './writeArchitectureModel.test-support.ts';

/** Does a trainer's work in this process and returns all it told. */
export async function askInProcess(
	work: (place: Workplace) => Promise<void>,
	stop = new AbortController().signal,
	card: Workplace['card'] = 'unwanted',
): Promise<TrainerEvent[]> {
	const events: TrainerEvent[] = [];
	const say = (event: TrainerEvent) => void events.push(event);
	const pulse = new Pulse(say);
	try {
		await work({ ggml: testGgml, card, pulse, stop, say });
	} finally {
		pulse.close();
	}
	return events.filter(({ type }) => type !== 'progress');
}
