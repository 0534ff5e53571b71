import { mkdtemp, open, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { failure } from '#contract/errors.ts';
import { diskCode } from '../disk/diskFailure.ts';
import { describeExit } from '../process/describeExit.ts';
import { type Child, startChild } from '../process/startChild.ts';
import { decodeSound } from './decodeSound.ts';
import { findSpeechModel } from './findSpeechModel.ts';
import { type HeardSpeech, type SpeechAnswer, type SpeechOrder, type SpokenWord, speechAnswer } from './speechContract.ts';

/** How long a stretch of half a minute, or the loading of a model, may take on a slow machine. */
const silenceMs = 10 * 60_000;
const mostWords = 500_000;

type Progress = (heard: HeardSpeech, fraction: number) => void;

/** What is to be recognised. */
export interface Transcription {
	/** A WAV file, or any film or sound that the ffmpeg of this machine decodes. */
	path: string;
	/** A Whisper or SenseVoice model in the form in which sherpa-onnx publishes them. */
	modelFolder: string;
	/** Which stream of sound of a film, from 0. */
	soundAt?: number;
	/** A BCP 47 tag; null where the model is to find out. */
	language: string | null;
	signal?: AbortSignal | undefined;
	/** What was heard of it before; left out: nothing. */
	heard?: HeardSpeech | undefined;
	/** Called with all that was heard so far, and which fraction of the sound that is, 0..1. Not any more once `signal` aborts. */
	progress?: Progress | undefined;
}

/** Recognises speech offline, each time in a process of its own: a damaged model ends that and not the app. */
export class Recogniser {
	readonly #options: { node: string; entry: string; log: Logger; ffmpeg?: string };

	/** `entry`: the program speechHost.ts, or its bundle. `ffmpeg`: in place of the one on the path. */
	constructor(options: { node: string; entry: string; log: Logger; ffmpeg?: string }) {
		this.#options = options;
	}

	/**
	 * Gives the words that are spoken, with their times.
	 *
	 * @throws FILE_NOT_FOUND; SPEECH_FAILED for what cannot be decoded, a folder without a model, a damaged model, and a process that ends or
	 * falls silent. Rejects with the reason of `signal` where it aborts; the process is ended then.
	 */
	async transcribe({ path, modelFolder, soundAt = 0, language, signal, heard = { words: [], toMs: 0 }, progress }: Transcription): Promise<SpokenWord[]> {
		signal?.throwIfAborted();
		const model = await findSpeechModel(modelFolder);
		const isReadable = await isWav(path);
		const folder = await mkdtemp(join(tmpdir(), 'homeroom-speech-'));
		try {
			const wav = isReadable ? path : join(folder, 'sound.wav');
			const ffmpeg = this.#options.ffmpeg;
			if (!isReadable) await decodeSound(path, { into: wav, soundAt, signal, ...(ffmpeg !== undefined && { ffmpeg }) });
			const threads = Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)));
			const order = { wav, model, language: language?.split('-')[0]?.toLowerCase() ?? '', threads, fromMs: heard.toMs };
			return await this.#recognise(order, heard.words, signal, progress);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	async #recognise(order: SpeechOrder, before: readonly SpokenWord[], signal: AbortSignal | undefined, progress: Progress | undefined): Promise<SpokenWord[]> {
		const { node, entry, log } = this.#options;
		// It reads files and loads a library, and has no business with other programs.
		const nodeArgs = ['--permission', '--allow-fs-read=*', '--allow-addons', '--allow-worker', '--disable-warning=SecurityWarning'];
		const child = startChild({ node, nodeArgs, entry, log, name: 'speech' });
		const end = () => child.kill();
		signal?.addEventListener('abort', end, { once: true });
		try {
			return await hearOut(child, order, before, (heard, fraction) => !signal?.aborted && progress?.(heard, fraction));
		} catch (error) {
			throw signal?.aborted ? signal.reason : error;
		} finally {
			signal?.removeEventListener('abort', end);
			child.kill();
			await child.exited;
		}
	}
}

/** Sends the order and gathers the answers until the process is done, ends, or says nothing for too long. */
function hearOut(child: Child, order: SpeechOrder, before: readonly SpokenWord[], progress: Progress): Promise<SpokenWord[]> {
	return new Promise((resolve, reject) => {
		const words = [...before];
		let isLoaded = false;
		const timer = setTimeout(() => reject(failure('SPEECH_FAILED', { reason: 'silent', detail: '' })), silenceMs);
		child.port.on('message', (event) => {
			timer.refresh();
			const answer = readAnswer(event?.data);
			if (answer?.type === 'loaded') isLoaded = true;
			else if (answer?.type === 'done') resolve(words);
			else if (answer?.type === 'heard' && words.length < mostWords) {
				words.push(...answer.words);
				try {
					progress({ words, toMs: answer.toMs }, answer.fraction);
				} catch (error) {
					reject(error);
				}
			} else {
				const reason = answer?.type === 'refused' ? 'soundUnreadable' : answer?.type === 'heard' ? 'tooLong' : 'ended';
				reject(failure('SPEECH_FAILED', { reason, detail: answer?.type === 'refused' ? answer.detail : '' }));
			}
		});
		void child.exited.then((exit) => {
			clearTimeout(timer);
			const detail = `${describeExit(exit).words}: ${child.lastLines().slice(-3).join(' ')}`.slice(0, 500);
			reject(failure('SPEECH_FAILED', { reason: isLoaded ? 'ended' : 'modelDamaged', detail }));
		});
		child.port.postMessage(JSON.stringify(order));
	});
}

function readAnswer(message: unknown): SpeechAnswer | null {
	try {
		return typeof message === 'string' ? (speechAnswer.safeParse(JSON.parse(message)).data ?? null) : null;
	} catch {
		return null;
	}
}

/** Whether a file is WAV of samples that are not packed, as it is read without ffmpeg. */
async function isWav(path: string): Promise<boolean> {
	try {
		const file = await open(path, 'r');
		try {
			const start = Buffer.alloc(22);
			await file.read(start, 0, start.length, 0);
			const isRiff = /^(RIFF|RF64)....WAVEfmt /s.test(start.toString('latin1'));
			return isRiff && [1, 3, 0xfffe].includes(start.readUInt16LE(20));
		} finally {
			await file.close();
		}
	} catch (error) {
		if (diskCode(error) === 'ENOENT') throw failure('FILE_NOT_FOUND', { path }, error);
		throw error;
	}
}
