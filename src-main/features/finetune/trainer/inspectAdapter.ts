import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../../library/gguf/HeaderCursor.ts';
import { baseDigest } from './baseDigest.ts';
import { type AdapterFile, type FilePair, readAdapterFile } from './readAdapterFile.ts';
import { type ModelFile, readModelFile } from './readModelFile.ts';
import { rowsOf, TensorReader } from './TensorReader.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { Workplace } from './train.ts';
import type { InspectOrder, TrainerEvent } from './trainerContract.ts';
import { Workbench } from './Workbench.ts';

type Remark = Extract<TrainerEvent, { type: 'inspected' }>['remarks'][number];

/** How much a pair changes its matrix, as Frobenius norms. */
interface PairNorm {
	name: string;
	/** ‖scale·B·A‖ / ‖W‖. */
	share: number;
}

/** Rows of a matrix that its norm is estimated from. */
const sampledRows = 512;
/** A pair that changes its matrix this many times as much as the median pair does is told. */
const outlier = 10;
const mostRemarks = 50;

/** Looks into every value of an adapter's file, and tells whether it fits a model and what is odd about it. Values that are no numbers are refused. */
export async function inspectAdapter({ adapterPath, modelPath }: InspectOrder, { ggml, pulse, stop, say }: Workplace): Promise<void> {
	const model = readModel(modelPath);
	const modelDigest = baseDigest(model);
	const adapter = readAdapterFile(adapterPath, model);
	const bench = new Workbench(ggml, 1);
	const [ofAdapter, ofModel] = [new TensorReader(bench, adapter.file), new TensorReader(bench, model)];
	try {
		const norms: PairNorm[] = [];
		for (const [i, pair] of adapter.pairs.entries()) {
			await setImmediate();
			if (stop.aborted) return say({ type: 'paused', step: 0 });
			pulse.at('inspecting', i / adapter.pairs.length);
			norms.push({ name: pair.matrix.name, share: normOf(pair, ofAdapter) / sampledNorm(pair, ofModel) });
		}
		const remarks = [...remarksOnBase(adapter, modelDigest), ...remarksOnRanks(adapter), ...remarksOnNorms(norms)].slice(0, mostRemarks);
		const { rank, alpha, targets } = adapter;
		say({ type: 'inspected', rank, alpha, targets, baseDigest: adapter.baseDigest, modelDigest, remarks });
	} finally {
		ofAdapter.close();
		ofModel.close();
		bench.close();
	}
}

/** A model's header; what is wrong with it is told as of a model that cannot be trained. */
export function readModel(path: string): ModelFile {
	try {
		return readModelFile(path);
	} catch (error) {
		if (error instanceof Refusal) throw new TrainerRefusal('modelUnsupported', error.message, { cause: error });
		throw error;
	}
}

/** ‖scale·B·A‖, from the products of the rows of A and of the columns of B with one another: B·A itself is as large as the matrix. */
function normOf({ a, b, rank, scale }: FilePair, reader: TensorReader): number {
	const [first, second] = [a, b].map((half) => {
		const values = reader.readFloats(half, 0, rowsOf(half));
		const bad = values.findIndex((value) => !Number.isFinite(value));
		if (bad !== -1) throw new TrainerRefusal('notFinite', `Value ${bad + 1} of the tensor “${half.name}” is ${values[bad]}.`);
		return values;
	});
	if (!first || !second) throw new Error('A pair has two halves');
	const ofA = products(rank, first.length / rank, (i, at) => first[i * (first.length / rank) + at] ?? 0);
	const ofB = products(rank, second.length / rank, (i, at) => second[at * rank + i] ?? 0);
	const square = ofA.reduce((sum, value, i) => sum + value * (ofB[i] ?? 0), 0);
	return Math.abs(scale) * Math.sqrt(Math.max(0, square));
}

/** The products of `count` vectors with one another. */
function products(count: number, length: number, value: (vector: number, at: number) => number): Float64Array {
	const all = new Float64Array(count * count);
	for (let i = 0; i < count; i++)
		for (let j = 0; j <= i; j++) {
			let sum = 0;
			for (let at = 0; at < length; at++) sum += value(i, at) * value(j, at);
			all[i * count + j] = sum;
			all[j * count + i] = sum;
		}
	return all;
}

function sampledNorm({ matrix }: FilePair, reader: TensorReader): number {
	const rows = rowsOf(matrix);
	const step = Math.max(1, Math.floor(rows / sampledRows));
	let [sum, seen] = [0, 0];
	for (let first = 0; first < rows; first += step) {
		for (const value of reader.readFloats(matrix, first, 1)) sum += value * value;
		seen++;
	}
	return Math.sqrt((sum * rows) / seen);
}

function remarksOnBase({ baseDigest: named }: AdapterFile, modelDigest: string): Remark[] {
	if (named === modelDigest) return [];
	return [named === null ? { code: 'unknownBase', tensor: null, detail: '' } : { code: 'otherBase', tensor: null, detail: named }];
}

function remarksOnRanks({ pairs, rank }: AdapterFile): Remark[] {
	const other = pairs.find((pair) => pair.rank !== rank);
	return other ? [{ code: 'newRank', tensor: other.matrix.name, detail: `${other.rank}, ${rank}` }] : [];
}

/** What is told of how much each pair changes its matrix. */
export function remarksOnNorms(norms: readonly PairNorm[]): Remark[] {
	const shares = norms.map(({ share }) => share).toSorted((a, b) => a - b);
	const median = shares[Math.floor(shares.length / 2)] ?? 0;
	return norms.flatMap(({ name, share }): Remark[] => {
		if (share === 0) return [{ code: 'zero', tensor: name, detail: '' }];
		if (share > 1 || share > outlier * median) return [{ code: 'largeNorm', tensor: name, detail: share.toPrecision(3) }];
		return [];
	});
}
