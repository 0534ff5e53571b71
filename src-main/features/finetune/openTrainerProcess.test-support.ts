import path from 'node:path';
import { pino } from 'pino';
import { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerEvent, TrainerOrder } from './trainer/trainerContract.ts';

const entry = path.join(import.meta.dirname, 'trainer/runTrainer.ts');
const log = pino({ level: 'silent' });

/** A real trainer's process at an order. */
export function openTrainerProcess(order: TrainerOrder): TrainerProcess {
	return new TrainerProcess({ node: process.execPath, entry, log, order });
}

/** All that a trainer tells of an order. */
export async function eventsOf(order: TrainerOrder): Promise<TrainerEvent[]> {
	return await Array.fromAsync(openTrainerProcess(order).events());
}

/** The events of one type. */
export function ofType<Type extends TrainerEvent['type']>(events: readonly TrainerEvent[], type: Type): Extract<TrainerEvent, { type: Type }>[] {
	// The type is the one that is compared with.
	return events.filter((event) => event.type === type) as Extract<TrainerEvent, { type: Type }>[];
}
