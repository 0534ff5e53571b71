import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { freeBytes } from '../../../platform/disk/room.ts';
import { syncFolder } from '../../../platform/disk/syncFolder.ts';
import { tensorBytes } from '../../library/gguf/encodeHeader.ts';
import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import { tensorType } from './ggml.ts';
import { readModel } from './inspectAdapter.ts';
import { type MergedTensor, Merger } from './Merger.ts';
import { joinHeader, type RawEntry, rawEntry, readRawMetadata } from './rawMetadata.ts';
import { type FilePair, readAdapterFile } from './readAdapterFile.ts';
import type { FileTensor, ModelFile } from './readModelFile.ts';
import { refuseDisk } from './refuseDisk.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { Workplace } from './train.ts';
import type { MergeOrder } from './trainerContract.ts';
import { Workbench } from './Workbench.ts';

/** All that a merged model's file is made from. */
interface MergePlan {
	header: Uint8Array;
	tensors: readonly MergedTensor[];
	alignment: number;
	sizeBytes: number;
}

/** `llama_ftype`, as files say it. */
const fileTypes = { F16: 1, Q8_0: 7 } as const;
/** Made with an importance matrix only (`ggml_quantize_requires_imatrix`), or by nothing that ships. */
const unmakeable = new Set(['IQ2_XXS', 'IQ2_XS', 'IQ1_S', 'IQ1_M', 'Q8_K', 'NVFP4', 'Q1_0', 'Q2_0']);

/**
 * Writes a model with an adapter added for good: W + scale·(alpha / rank)·B·A for each matrix that has a pair, everything else as it is,
 * tensor by tensor, so that memory stays at some tens of MB.
 *
 * The file appears under its name only when it is whole and on the disk. What was interrupted leaves nothing, and tells `paused`.
 */
export async function mergeAdapter(order: MergeOrder, { ggml, pulse, stop, say }: Workplace): Promise<void> {
	const model = readModel(order.modelPath);
	const adapter = readAdapterFile(order.adapterPath, model);
	const plan = planMerge(model, adapter.pairs, order);
	await checkRoom(order.outputPath, plan.sizeBytes);
	const bench = new Workbench(ggml, 1);
	const merger = new Merger(bench, { model, adapter: adapter.file }, order.scale);
	try {
		const merged = await writeWhole(order.outputPath, (file) => writeMerged(file, plan, merger, stop, (fraction) => pulse.at('merging', fraction)));
		say(merged ? { type: 'merged', outputPath: order.outputPath, sizeBytes: plan.sizeBytes } : { type: 'paused', step: 0 });
	} finally {
		merger.close();
		bench.close();
	}
}

function planMerge(model: ModelFile, pairs: readonly FilePair[], order: MergeOrder): MergePlan {
	const alignment = Number(model.header.metadata.get('general.alignment') ?? 32);
	const pairOf = new Map(pairs.map((pair) => [pair.matrix.name, pair]));
	const tensors = [...model.tensors.values()].map((from): MergedTensor => {
		const pair = pairOf.get(from.name) ?? null;
		const typeId = typeFor(from, order.type, pair !== null);
		return { from, pair, typeId, bytes: tensorBytes(typeId, from.dims) };
	});
	let offset = 0;
	const entries = tensors.map(({ from: { name, dims }, typeId, bytes }) => {
		const entry = { name, dims, typeId, offset };
		offset += padded(bytes, alignment);
		return entry;
	});
	const header = joinHeader(metadataFor(model, order), entries, alignment);
	return { header, tensors, alignment, sizeBytes: header.length + offset };
}

/** How a tensor is stored: vectors and norms as they are, which llama.cpp wants; matrices as was asked, where their rows can be. */
function typeFor({ name, dims, typeId }: FileTensor, type: MergeOrder['type'], changed: boolean): number {
	if (dims.length < 2 || name.endsWith('_norm.weight')) return typeId;
	if (type === 'Q8_0') return (dims[0] ?? 0) % 32 === 0 ? tensorType.Q8_0 : tensorType.F16;
	if (type === 'F16') return tensorType.F16;
	const own = ggmlTypes.get(typeId)?.name ?? '';
	if (changed && unmakeable.has(own))
		throw new TrainerRefusal('badInput', `The matrix “${name}” is stored as ${own}, which cannot be made here. Merge into F16 or Q8_0.`);
	return typeId;
}

/** The base's own, but for the name, the type of its weights, and what makes it a part of a split model. */
function metadataFor(model: ModelFile, { name, type }: MergeOrder): RawEntry[] {
	const replaced = [
		rawEntry('general.name', { type: 'string', value: name }),
		...(type === 'base' ? [] : [rawEntry('general.file_type', { type: 'uint32', value: fileTypes[type] })]),
		...(type === 'Q8_0' ? [rawEntry('general.quantization_version', { type: 'uint32', value: 2 })] : []),
	];
	const gone = new Set([...replaced.map(({ key }) => key), 'split.no', 'split.count', 'split.tensors.count']);
	const kept = readRawMetadata(model.paths[0] ?? '').filter(({ key }) => !gone.has(key));
	// The architecture comes first in every file that llama.cpp writes.
	return [...kept.slice(0, 1), ...replaced, ...kept.slice(1)];
}

async function checkRoom(outputPath: string, sizeBytes: number): Promise<void> {
	const free = await refuseDisk(() => freeBytes(dirname(outputPath)));
	if (sizeBytes > free) throw new TrainerRefusal('disk', `The merged model has ${sizeBytes} bytes, and ${free} are free where it should lie.`);
}

/** A file that appears under its name only when `write` has written all of it (true) and it is on the disk. */
async function writeWhole(path: string, write: (file: FileHandle) => Promise<boolean>): Promise<boolean> {
	const part = `${path}.part`;
	return refuseDisk(async () => {
		try {
			const file = await open(part, 'w', 0o600);
			try {
				if (!(await write(file))) return false;
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(part, path);
			await syncFolder(dirname(path));
			return true;
		} finally {
			await rm(part, { force: true });
		}
	});
}

/** False where it was interrupted. */
async function writeMerged(file: FileHandle, plan: MergePlan, merger: Merger, stop: AbortSignal, onProgress: (fraction: number) => void): Promise<boolean> {
	await file.writeFile(plan.header);
	let written = plan.header.length;
	for (const tensor of plan.tensors) {
		for (const piece of merger.pieces(tensor)) {
			await setImmediate();
			if (stop.aborted) return false;
			await file.writeFile(piece);
			onProgress(written / plan.sizeBytes);
			written += piece.length;
		}
		const filling = padded(tensor.bytes, plan.alignment) - tensor.bytes;
		await file.writeFile(Buffer.alloc(filling));
		written += filling;
	}
	return true;
}

function padded(bytes: number, alignment: number): number {
	return Math.ceil(bytes / alignment) * alignment;
}
