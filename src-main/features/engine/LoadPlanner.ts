import type { LoadWishes, Machine, PlanVerdict } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';
import type { Library } from '../library/library.ts';
import { adviseUnload, type IdleModel } from './adviseUnload.ts';
import type { GpuFinder } from './GpuFinder.ts';
import { refuseNoModel } from './host/checkFiles.ts';
import { readMachine } from './machineFacts.ts';
import { type LiveVerdict, type PlanFacts, type PlanGguf, planLoad } from './planLoad.ts';
import type { Replicas } from './Replicas.ts';

export interface PlannerOptions {
	library: Pick<Library, 'get' | 'facts'>;
	gpus: GpuFinder;
	/** What is in memory now. */
	loaded(): readonly Replicas[];
	/** Those that the engine computes with where no others are wished for; null: as many as suit the machine. */
	threads(): number | null;
	/** What a model wrote on this machine of late, in tokens a second; null where it has not. */
	speedOf(modelId: string): number | null;
}

/** How a load would go now, with what that was told from. */
export interface PlannedLoad {
	facts: PlanFacts;
	asked: LoadWishes;
	verdict: LiveVerdict;
}

/** Gathers what the machine has left and what is known of a model, and plans a load from that (planLoad.ts). */
export class LoadPlanner {
	readonly #options: PlannerOptions;

	constructor(options: PlannerOptions) {
		this.#options = options;
	}

	/** What this machine has for computing. Asks an engine host for the GPUs, which takes about a second the first time. */
	async machine(): Promise<Machine> {
		const [facts, gpus] = await Promise.all([readMachine(), this.#options.gpus.find()]);
		return { ...facts, gpus };
	}

	/** Throws MODEL_MISSING or MODEL_FILE_INVALID. */
	async planModel(modelId: string, wishes: LoadWishes): Promise<PlannedLoad & { model: Model }> {
		const { library } = this.#options;
		const model = library.get(modelId);
		const gguf = await library.facts(modelId);
		refuseNoModel(gguf, model.path);
		return { model, ...(await this.planGguf(gguf, wishes, this.#options.speedOf(modelId))) };
	}

	/** The same for a model of which the header alone is here. */
	async planGguf(gguf: PlanGguf, wishes: LoadWishes, measuredSpeed: number | null = null): Promise<PlannedLoad> {
		const machine = await this.machine();
		const threads = this.#options.threads();
		const promised = this.#options.loaded().reduce((sum, { promisedBytes }) => sum + promisedBytes, 0);
		const facts = { gguf, measuredSpeed, machine: { ...machine, freeRamBytes: Math.max(0, machine.freeRamBytes - promised) } };
		const asked: LoadWishes = { ...wishes, ...(wishes.threads === undefined && threads !== null ? { threads } : {}) };
		return { facts, asked, verdict: planLoad(facts, asked) };
	}

	/** Which of the idle models that `mayUse` lets be seen to unload, so that a load goes better than planned; null where that gains nothing. */
	adviseUnload({ facts, asked, verdict }: PlannedLoad, mayUse: (modelId: string) => boolean): PlanVerdict['unload'] {
		if (verdict.kind === 'fits') return null;
		const idle = this.#options.loaded().filter((replicas) => replicas.isIdle && mayUse(replicas.model.id));
		return adviseUnload(facts, asked, verdict, idle.map(toIdleModel));
	}
}

/** All copies go together: any of their ids stands for them. */
function toIdleModel({ model, views }: Replicas): IdleModel {
	const sum = (of: (view: Replicas['views'][number]) => number) => views.reduce((total, view) => total + of(view), 0);
	return {
		id: views[0]?.id ?? '',
		name: model.name,
		lastUsedAt: Math.max(...views.map(({ lastUsedAt }) => lastUsedAt)),
		ramBytes: sum(({ memoryBytes, plan }) => memoryBytes ?? plan?.ramBytes ?? 0),
		vramBytes: sum(({ plan }) => plan?.vramBytes ?? 0),
	};
}
