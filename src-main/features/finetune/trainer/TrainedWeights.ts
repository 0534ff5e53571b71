import type { Parameter } from './Adapter.ts';
import { BaseWeights } from './BaseWeights.ts';
import { type Tensor, tensorType } from './ggml.ts';
import type { Base } from './readBase.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { Workbench } from './Workbench.ts';

/**
 * The weights of a small model where all of them are trained: in memory whole, each with its gradient, the embedding too.
 *
 * The model must be of the architecture `llama`, without biases, and all F32; anything else is refused (`modelUnsupported`).
 */
export class TrainedWeights extends BaseWeights {
	/** One for each tensor, in the order of the file. */
	readonly parameters: readonly Parameter[];
	readonly #byName: ReadonlyMap<string, Parameter>;
	readonly #bench: Workbench;

	constructor(bench: Workbench, base: Base) {
		refuseUntrainable(base);
		super(bench, base);
		this.#bench = bench;
		this.parameters = [...base.tensors.values()].map(({ name, dims }) => {
			const values = new Float32Array(dims.reduce((product, length) => product * length, 1));
			this.copyInto(new Uint8Array(values.buffer), name);
			return { name, values, gradient: new Float32Array(values.length), tensor: this.#tensorOf(name, dims.length) };
		});
		this.#byName = new Map(this.parameters.map((parameter) => [parameter.name, parameter]));
	}

	parameter(name: string): Parameter {
		const parameter = this.#byName.get(name);
		if (!parameter) throw new RangeError(`The model has no tensor ${name}`);
		return parameter;
	}

	/** The rows as they are now, not as they are in the file. */
	override readRows(name: string, rows: ArrayLike<number>): Uint8Array {
		const { values } = this.parameter(name);
		const length = this.base.shape.width;
		const chosen = new Float32Array(rows.length * length);
		for (let i = 0; i < rows.length; i++) chosen.set(values.subarray((rows[i] ?? 0) * length, ((rows[i] ?? 0) + 1) * length), i * length);
		return new Uint8Array(chosen.buffer);
	}

	/** Makes what was written into the values what is computed with. */
	upload(): void {
		for (const { tensor, values } of this.parameters) if (tensor !== unused) this.#bench.write(tensor, values);
	}

	#tensorOf(name: string, dimensions: number): Tensor {
		if (dimensions === 1) return this.vector(name) ?? unused;
		return name === 'token_embd.weight' && this.head.name !== name ? unused : this.matrix(name).tensor;
	}
}

/** Stands for a tensor that nothing is computed with: the rows of an embedding are read from its values. */
// Addresses of ggml are never zero.
const unused = 0n as Tensor;

function refuseUntrainable({ shape, tensors }: Base): void {
	const refuse = (what: string) => new TrainerRefusal('modelUnsupported', `All weights can be trained of small llama models in F32 alone; this one ${what}.`);
	if (shape.architecture !== 'llama') throw refuse(`is of the architecture ${shape.architecture}`);
	for (const { name, typeId } of tensors.values()) {
		if (typeId !== tensorType.F32) throw refuse(`has the tensor “${name}” in another type`);
		if (!name.endsWith('.weight') || name.includes('rope')) throw refuse(`has the tensor “${name}”`);
	}
}
