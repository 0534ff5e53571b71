import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import { Refusal } from '../../library/gguf/HeaderCursor.ts';
import { type BaseShape, readBaseShape } from './readBaseShape.ts';
import { type ModelFile, readModelFile } from './readModelFile.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** What a training knows of the model it starts from, before any of it is loaded. */
export interface Base extends ModelFile {
	shape: BaseShape;
}

/** The types that weights may be stored as. */
const knownTypes = new Set(['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q2_K', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K', 'IQ4_NL', 'IQ4_XS']);

/**
 * Reads what kind of model a GGUF file holds and where its tensors lie. Nothing but the header is read.
 *
 * Refuses (`modelUnsupported`) by name what cannot be trained: another architecture, a setting or a tensor that the forward pass
 * does not know. A file that is no whole model is refused as the library refuses it.
 */
export function readBase(path: string): Base {
	try {
		const file = readModelFile(path);
		const { header, tensors } = file;
		if (header.kind !== 'model') throw new TrainerRefusal('modelUnsupported', `This file is no model but a ${header.kind}.`);
		for (const { name, typeId } of tensors.values()) {
			const type = ggmlTypes.get(typeId)?.name ?? '';
			if (!knownTypes.has(type)) throw new TrainerRefusal('modelUnsupported', `The tensor “${name}” is stored as ${type}, which cannot be trained on.`);
		}
		return { ...file, shape: readBaseShape(header, tensors) };
	} catch (error) {
		if (error instanceof Refusal) throw new TrainerRefusal('modelUnsupported', error.message, { cause: error });
		throw error;
	}
}
