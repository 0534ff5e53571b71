import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import type { Dataset } from '#contract/finetune.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { ChangedCues, CueChange, SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';
import { forgetAct } from '../../ui/notify.ts';
import { mergeCues } from './mergeCues.ts';
import { type TurnedAct, turnedAct } from './turnedAct.ts';

interface SubtitlesState {
	/** Newest first; null until read. */
	projects: SubtitleProject[] | null;
	/** The project on the bench; what belongs to it comes a moment after its id. */
	openId: string | null;
	project: SubtitleProject | null;
	/** In their order; null until read. */
	cues: SubtitleCue[] | null;
	/** Why the last act or the stream failed; null while all is well. */
	error: unknown;
}

const nothingOpen = { openId: null, project: null, cues: null } as const;

/** What the Subtitles screen shows. The truth is in the app; the functions below ask it and keep what it answered. */
export const useSubtitles = create<SubtitlesState>(() => ({ projects: null, ...nothingOpen, error: null }));

let stopWatching: (() => void) | null = null;

/** Reads the list of projects again. */
export async function readProjects(): Promise<void> {
	await attempt(async () => useSubtitles.setState({ projects: await client.subtitles.list() }));
}

/** Puts a project on the bench and follows it as it is translated; null clears the bench. */
export function openProject(projectId: string | null): void {
	if (useSubtitles.getState().openId === projectId) return;
	stopWatching?.();
	stopWatching = null;
	useSubtitles.setState({ ...nothingOpen, openId: projectId, error: null });
	if (projectId !== null) stopWatching = watchProject(projectId);
}

/** Takes a project off the list; `restoreProject` brings it back. True when it is gone. */
export async function removeProject(projectId: string): Promise<boolean> {
	const isGone = await attempt(async () => {
		await client.subtitles.remove({ projectId });
		return true;
	});
	if (isGone) useSubtitles.setState(({ projects }) => ({ projects: (projects ?? []).filter(({ id }) => id !== projectId) }));
	return isGone === true;
}

/** Brings a removed project back to the list. */
export async function restoreProject(projectId: string): Promise<void> {
	await attempt(() => client.subtitles.restore({ projectId }));
	await readProjects();
}

/** Shows a project as the app just told it, where it is the one on the bench. */
export function keepProject(project: SubtitleProject): void {
	useSubtitles.setState(({ openId }) => (openId === project.id ? { project } : {}));
}

/** Changes cues of the project on the bench as one act. True when it was kept. */
export async function editCues(changes: CueChange[], continues = false): Promise<boolean> {
	return actOnCues((projectId) => client.subtitles.edit({ projectId, changes, continues }));
}

/** Splits or merges cues, as one act. True when it was done. */
export async function retimeCues(order: Inputs['subtitles']['retime']['order']): Promise<boolean> {
	return actOnCues((projectId) => client.subtitles.retime({ projectId, order }));
}

/** Replaces in the targets, as one act. The number of cues that changed, null when it failed. */
export async function replaceInTargets(order: Omit<Inputs['subtitles']['replace'], 'projectId'>): Promise<number | null> {
	let count = 0;
	const isDone = await actOnCues(async (projectId) => {
		const told = await client.subtitles.replace({ projectId, ...order });
		count = told.changed.length;
		return told;
	});
	return isDone ? count : null;
}

/** Takes the last act back, or does it again. Gives back what it was; null where there was nothing to take back. */
export async function turnBack(way: 'undo' | 'redo'): Promise<TurnedAct | null | 'failed'> {
	// The stream may tell of it before the answer does.
	const before = useSubtitles.getState().cues ?? [];
	let act: TurnedAct | null = null;
	const isDone = await actOnCues(async (projectId) => {
		const told = await client.subtitles[way]({ projectId });
		act = turnedAct(before, told);
		return told;
	});
	return isDone ? act : 'failed';
}

/** Pauses, resumes or cancels the running job; what is translated stays. */
export async function steerJob(act: 'pause' | 'resume' | 'cancel', jobId: string): Promise<void> {
	await attempt(() => client.jobs[act]({ jobId }));
}

/**
 * Makes a dataset of what is approved of a project, or the next version of the one that was made of it before. The id of
 * the version; null when it failed.
 */
export async function teachFrom({ id, title }: Pick<SubtitleProject, 'id' | 'title'>): Promise<string | null> {
	const dataset = await attempt(async () => {
		const source = { from: 'cues' as const, projectIds: [id] };
		const before = await findDataset(({ title: named, versions }) => named === title && versions[0]?.form === 'cues');
		return before ? client.finetune.addVersion({ datasetId: before.id, source }) : client.finetune.createDataset({ title, source });
	});
	return dataset?.versions[0]?.id ?? null;
}

async function findDataset(isIt: (dataset: Dataset) => boolean): Promise<Dataset | undefined> {
	for await (const datasets of await client.finetune.watchDatasets()) return datasets.find(isIt);
	return undefined;
}

/** Puts the last failure away. */
export function forgetError(): void {
	useSubtitles.setState({ error: null });
}

/** Lays over what the app told of the project on the bench. */
export function layOver({ project, changed, removed }: ChangedCues): void {
	useSubtitles.setState(({ openId, cues }) => {
		if (openId !== project.id) return {};
		return { project, ...(changed.length + removed.length > 0 && cues !== null && { cues: mergeCues(cues, changed, removed) }) };
	});
}

/** Follows one project. Each time the stream is opened anew the cues are read again, as changes may have been missed. */
function watchProject(projectId: string): () => void {
	return watchStream(
		(signal) => client.subtitles.watch({ projectId }, { signal }),
		(told, { isFirst }) => {
			layOver(told);
			if (isFirst) void readCues(projectId);
		},
		{ onError: (error) => useSubtitles.setState({ error }) },
	);
}

async function readCues(projectId: string): Promise<void> {
	await attempt(async () => {
		const { cues } = await client.subtitles.cues({ projectId });
		useSubtitles.setState(({ openId }) => (openId === projectId ? { cues } : {}));
	});
}

async function actOnCues(act: (projectId: string) => Promise<ChangedCues>): Promise<boolean> {
	const { openId } = useSubtitles.getState();
	if (openId === null) return false;
	const told = await attempt(() => act(openId));
	// Its "Undo" would take this one back.
	forgetAct();
	if (told !== null) layOver(told);
	return told !== null;
}

async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		const result = await work();
		useSubtitles.setState({ error: null });
		return result;
	} catch (error) {
		useSubtitles.setState({ error });
		return null;
	}
}
