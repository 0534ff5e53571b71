import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';

export const model = z.object({
	id: z.string(),
	name: z.string(),
	fileName: z.string(),
	path: z.string(),
	/** Homeroom stored the file itself and may delete it. */
	owned: z.boolean(),
	sizeBytes: z.number().int(),
	/** The file was there when the library last looked. */
	present: z.boolean(),
	/** `test`: the small random-weight model that Homeroom writes to check the wiring; its words mean nothing. */
	source: z.enum(['local', 'test']),
	architecture: z.string(),
	parameters: z.number().int().nullable(),
	quantization: z.string(),
	/** Longest context the model was trained for, in tokens. */
	contextTokens: z.number().int().nullable(),
	hasChatTemplate: z.boolean(),
	addedAt: z.number().int(),
	lastUsedAt: z.number().int().nullable(),
});
export type Model = z.infer<typeof model>;

const modelId = z.strictObject({ modelId: z.string() });

export const library = {
	list: procedure('viewer').output(z.array(model)),
	/** The whole list now and again after each change. */
	watch: procedure('viewer').output(eventIterator(z.array(model))),
	/** Takes a GGUF on this machine's disk into the library, where it lies. */
	importFile: procedure('admin', ['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'MODEL_FILE_INVALID', 'MODEL_EXISTS'])
		.input(z.strictObject({ path: z.string().min(1).max(4096) }))
		.output(model),
	/** Takes a GGUF that was sent to the upload address (src-main/platform/http/uploads.ts) into the models folder. */
	importUpload: procedure('admin', ['FILE_NOT_FOUND', 'MODEL_FILE_INVALID', 'MODEL_EXISTS', 'FILE_NOT_ALLOWED'])
		.input(z.strictObject({ uploadId: z.uuid(), fileName: z.string().min(1).max(255) }))
		.output(model),
	/** Takes the model off the list; with `deleteFile` a file that Homeroom itself stored is deleted too. */
	remove: procedure('admin', ['MODEL_IN_USE'])
		.input(modelId.extend({ deleteFile: z.boolean().default(false) }))
		.output(z.object({ freedBytes: z.number().int() })),
	/** Writes the small model that checks the wiring, or answers with the one that is there. */
	writeTestModel: procedure('admin', ['DISK_FULL']).output(model),
};
