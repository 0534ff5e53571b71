import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { filmFields } from '#contract/subtitles.ts';
import type { Tx } from '../../platform/database/openDatabase.ts';
import { listTracks } from '../../platform/film/listTracks.ts';
import type { JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Recogniser } from '../../platform/speech/Recogniser.ts';
import { type HeardSpeech, heardSpeech } from '../../platform/speech/speechContract.ts';
import { writeCues } from '../../platform/subtitles/writeCues.ts';
import type { NewProject } from './addProject.ts';
import { fieldsOfFilm, nameOf } from './readFilm.ts';
import { readSubtitleFile } from './readSubtitleFile.ts';
import { spokenCues } from './spokenCues.ts';

/** What is to be heard, and what the project of it is to be. */
const listenSpec = z.strictObject({ path: z.string(), modelFolder: z.string(), soundAt: z.number().int(), fields: filmFields });
export type ListenSpec = z.infer<typeof listenSpec>;

/**
 * The job that recognises the speech of a film; its one item is the id of the project that is there when it is done, in the same transaction.
 *
 * What was heard so far is its checkpoint: paused or interrupted, it goes on behind that.
 */
export function listenToFilm(tools: { recogniser: Recogniser; add: (tx: Tx, ownerId: string, made: NewProject) => void }): JobKind {
	return {
		kind: 'listen',
		concurrency: 1,
		nameItem: (spec) => nameOf(listenSpec.parse(spec).path),
		async run(run) {
			const spec = listenSpec.parse(run.spec);
			for (const { position, subjectId: id } of run.pendingItems()) {
				const made = await hear(tools.recogniser, spec, run);
				run.completeItem(position, (tx) => tools.add(tx, run.ownerId, { ...made, id }));
			}
		},
	};
}

async function hear(recogniser: Recogniser, { path, modelFolder, soundAt, fields }: ListenSpec, run: JobRun): Promise<NewProject> {
	// A sound without a film tells neither.
	const film = await listTracks(path).catch(() => null);
	const own = fieldsOfFilm(fields, path, { fps: film?.fps ?? null, language: film?.sound[soundAt]?.language ?? null });
	const language = own.sourceLanguage;
	const heard = heardSpeech.safeParse(run.checkpoint).data;
	const progress = (now: HeardSpeech, fraction: number) => {
		run.saveCheckpoint(now);
		run.progress({ fraction });
	};
	const words = await recogniser.transcribe({ path, modelFolder, soundAt, language, heard, signal: run.signal, progress });
	const cues = spokenCues(words, { language, fps: own.fps });
	if (cues.length === 0) throw failure('SPEECH_FAILED', { reason: 'noSpeech', detail: '' });
	const bytes = Buffer.from(writeCues('srt', cues));
	return { fields: own, source: { bytes, fileName: `${nameOf(path)}.srt` }, read: await readSubtitleFile({ bytes, encoding: 'utf-8' }) };
}
