import { failure, isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { Places } from '../../platform/process/Places.ts';
import type { ModelsAtWork } from './ModelsAtWork.ts';
import type { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerEvent, TrainerOrder } from './trainer/trainerContract.ts';

/** What looking into an adapter's file has shown. */
export type Inspected = Extract<TrainerEvent, { type: 'inspected' }>;

/** Looks into adapters' files beside a model, each in a process of its own and one after another, owners by turns: what is in them is not to be trusted. */
export class AdapterInspector {
	readonly #startTrainer: (order: TrainerOrder) => TrainerProcess;
	readonly #modelsAtWork: ModelsAtWork;
	readonly #places = new Places({ most: 1, mostEach: 1 });

	constructor(tools: { startTrainer(order: TrainerOrder): TrainerProcess; modelsAtWork: ModelsAtWork }) {
		this.#startTrainer = (order) => tools.startTrainer(order);
		this.#modelsAtWork = tools.modelsAtWork;
	}

	/**
	 * Tells what is in a file, or why it cannot be used with this model. `fileName` is what people know it by.
	 *
	 * Throws ADAPTER_INVALID and ADAPTER_UNFIT, and TRAINING_UNSUPPORTED where it is the model that cannot be read.
	 */
	async inspect(ownerId: string, file: string, model: Pick<Model, 'id' | 'path'>, fileName: string): Promise<Inspected> {
		const leave = await this.#places.take(ownerId);
		const release = this.#modelsAtWork.hold(model.id);
		try {
			return await this.#look(file, model.path, fileName);
		} finally {
			release();
			leave();
		}
	}

	async #look(adapterPath: string, modelPath: string, fileName: string): Promise<Inspected> {
		try {
			for await (const event of this.#startTrainer({ kind: 'inspect', adapterPath, modelPath }).events()) if (event.type === 'inspected') return event;
		} catch (error) {
			if (isFailure(error, 'ADAPTER_INVALID')) throw failure('ADAPTER_INVALID', { ...error.data, fileName });
			if (isFailure(error, 'ADAPTER_UNFIT')) throw failure('ADAPTER_UNFIT', { ...error.data, name: fileName });
			// Whatever brings the process down that looks into it, the file is what is new there.
			if (isFailure(error, 'TRAINING_FAILED')) throw failure('ADAPTER_INVALID', { fileName, kind: 'damaged', detail: error.data.detail });
			throw error;
		}
		throw failure('ADAPTER_INVALID', { fileName, kind: 'damaged', detail: 'It could not be looked into.' });
	}
}
