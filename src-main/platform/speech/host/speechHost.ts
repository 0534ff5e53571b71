import { createRequire } from 'node:module';
import os from 'node:os';
import { z } from 'zod';
import { refuseNetwork } from '../../process/refuseNetwork.ts';
import { watchParent } from '../../process/watchParent.ts';
import { joinTokens } from '../joinTokens.ts';
import { type SpeechAnswer, type SpeechModel, type SpeechOrder, speechOrder } from '../speechContract.ts';
import { cutAtPause, isSilent } from './cutAtPause.ts';
import { WavFile, WavRefusal } from './WavFile.ts';

/** Whisper takes in no more than 30 seconds. */
const stretchSeconds = 28;

/** What is used of sherpa-onnx-node, which has no types. */
interface Recognizer {
	createStream(): { acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void };
	decode(stream: unknown): void;
	getResult(stream: unknown): unknown;
}
interface Sherpa {
	OfflineRecognizer: new (config: object) => Recognizer;
}
const result = z.object({ text: z.string(), tokens: z.array(z.string()).default([]), timestamps: z.array(z.number()).default([]) });

// The program in which speech is recognised, `node speechHost.ts`: it takes one order over the channel of a child process, answers, and ends. A
// damaged model ends it from within the native library, and not the app.
watchParent();
refuseNetwork();
process.on('disconnect', () => process.exit(0));
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
process.once('message', (message: unknown) => recognise(speechOrder.parse(typeof message === 'string' ? JSON.parse(message) : null)));

function say(answer: SpeechAnswer): void {
	process.send?.(JSON.stringify(answer));
}

function recognise(order: SpeechOrder): void {
	try {
		const sound = new WavFile(order.wav);
		// The package gives `any`.
		const { OfflineRecognizer }: Sherpa = createRequire(import.meta.url)('sherpa-onnx-node');
		const recognizer = new OfflineRecognizer({ modelConfig: { ...modelConfig(order.model, order.language), numThreads: order.threads, provider: 'cpu' } });
		say({ type: 'loaded' });
		hear(recognizer, sound, order.fromMs);
		say({ type: 'done' });
	} catch (error) {
		if (!(error instanceof WavRefusal)) throw error;
		say({ type: 'refused', detail: error.message });
	}
}

function hear(recognizer: Recognizer, sound: WavFile, fromMs: number): void {
	const { sampleRate, sampleCount } = sound;
	const toMs = (sample: number) => Math.round((sample / sampleRate) * 1000);
	for (let from = Math.round((fromMs / 1000) * sampleRate); from < sampleCount; ) {
		const read = sound.read(from, stretchSeconds * sampleRate);
		if (read.length === 0) break;
		const isLast = from + read.length >= sampleCount;
		const samples = isLast ? read : read.subarray(0, cutAtPause(read, sampleRate));
		const to = from + samples.length;
		let words: ReturnType<typeof joinTokens> = [];
		if (!isSilent(samples, sampleRate)) {
			const stream = recognizer.createStream();
			stream.acceptWaveform({ samples, sampleRate });
			recognizer.decode(stream);
			words = joinTokens(result.parse(recognizer.getResult(stream)), { startMs: toMs(from), endMs: toMs(to) });
		}
		say({ type: 'heard', words, toMs: toMs(to), fraction: Math.min(1, to / sampleCount) });
		from = to;
	}
}

function modelConfig(model: SpeechModel, language: string): object {
	if (model.kind === 'senseVoice') {
		const known = ['zh', 'en', 'ja', 'ko', 'yue'].includes(language) ? language : 'auto';
		return { senseVoice: { model: model.model, language: known, useInverseTextNormalization: 1 }, tokens: model.tokens };
	}
	const { encoder, decoder, tokens } = model;
	return { whisper: { encoder, decoder, language, task: 'transcribe', tailPaddings: -1, enableTokenTimestamps: 1 }, tokens };
}
