import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '#contract/errors.ts';
import type { SpeechModel } from './speechContract.ts';

/**
 * Finds out which model a folder holds, in the form in which sherpa-onnx publishes them: `tokens.txt`, for Whisper with a name before it
 * (`base-tokens.txt`), and `*.onnx`. Where a file is there in 8 bits as well, that is taken: it is a quarter of the size and nearly as good.
 *
 * @throws SPEECH_FAILED (`noModel`).
 */
export async function findSpeechModel(folder: string): Promise<SpeechModel> {
	const names = await readdir(folder).catch((cause: unknown) => {
		throw failure('SPEECH_FAILED', { reason: 'noModel', detail: 'the folder cannot be read' }, cause);
	});
	const find = (pattern: RegExp) => {
		const found = names.filter((name) => pattern.test(name)).sort();
		const chosen = found.find((name) => name.includes('.int8.')) ?? found[0];
		return chosen === undefined ? null : join(folder, chosen);
	};
	const tokens = find(/(^|-)tokens\.txt$/);
	const encoder = find(/(^|-)encoder(\.int8)?\.onnx$/);
	const decoder = find(/(^|-)decoder(\.int8)?\.onnx$/);
	const model = find(/^model(\.int8)?\.onnx$/);
	if (tokens && encoder && decoder) return { kind: 'whisper', encoder, decoder, tokens };
	if (tokens && model) return { kind: 'senseVoice', model, tokens };
	throw failure('SPEECH_FAILED', { reason: 'noModel', detail: tokens ? 'there is no model.onnx, and no encoder with its decoder' : 'there is no tokens.txt' });
}
