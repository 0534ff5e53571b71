import { create } from 'zustand';
import { fromEdited, toEdited } from './editedText.ts';
import { editCues, useSubtitles } from './subtitlesStore.ts';

/** After so long a pause in typing it is kept. */
const pauseMs = 600;
/** What is kept within this time of what was kept before is one act with it: a sentence is taken back as a whole. */
const oneActMs = 2500;

/** What is typed and not kept yet, by cue; of a project that was left before it could be kept too, until that is open again. */
export const useDrafts = create<{
	drafts: Readonly<Record<string, string>>;
	/** What stood there when it was begun, or was kept of it last: what else stands there now somebody wrote meanwhile. */
	bases: Readonly<Record<string, string>>;
}>(() => ({ drafts: {}, bases: {} }));

/** Of which project each is. */
const projectIds = new Map<string, string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastKept = { cueId: '', at: 0 };
let keeping: Promise<boolean> = Promise.resolve(true);

/** Takes what was typed; it is kept when typing pauses, or at once by `keepDrafts`. */
export function typeTarget(cueId: string, text: string): void {
	const { openId, cues, project } = useSubtitles.getState();
	projectIds.set(cueId, openId ?? '');
	const cue = cues?.find(({ id }) => id === cueId);
	const now = cue && project ? toEdited(cue.target ?? '', project.format) : text;
	useDrafts.setState(({ drafts, bases }) => ({ drafts: { ...drafts, [cueId]: text }, bases: { ...bases, [cueId]: bases[cueId] ?? now } }));
	clearTimeout(timer);
	timer = setTimeout(() => void keepDrafts(), pauseMs);
}

/** Keeps what was typed in the open project. True when nothing of it is left to keep; where it failed, or another text came meanwhile, it stays in the field, and the screen says why. */
export function keepDrafts(): Promise<boolean> {
	clearTimeout(timer);
	keeping = keeping.then(async () => {
		let isKept = true;
		for (const [cueId, text] of Object.entries(useDrafts.getState().drafts)) isKept = (await keepDraft(cueId, text)) && isKept;
		return isKept;
	});
	return keeping;
}

/** What another window, or a model, wrote where something is being typed; null: nothing. */
export function writtenMeanwhile(target: string, draft: string | undefined, base: string | undefined): string | null {
	return draft === undefined || base === undefined || target === base || target === draft ? null : target;
}

/** Settles that: what is typed goes in its place, which an undo takes back, or what is typed is forgotten. */
export function settleMeanwhile(cueId: string, written: string, keepsTyped: boolean): void {
	if (keepsTyped) useDrafts.setState(({ bases }) => ({ bases: { ...bases, [cueId]: written } }));
	else forget(cueId);
	if (keepsTyped) void keepDrafts();
}

/** The next thing typed is an act of its own, as after an undo. */
export function endAct(): void {
	lastKept = { cueId: '', at: 0 };
}

async function keepDraft(cueId: string, text: string): Promise<boolean> {
	const { openId, cues, project } = useSubtitles.getState();
	if (projectIds.get(cueId) !== openId || cues === null) return true;
	const cue = cues.find(({ id }) => id === cueId);
	const written = cue && project ? toEdited(cue.target ?? '', project.format) : text;
	if (writtenMeanwhile(written, text, useDrafts.getState().bases[cueId]) !== null) return false;
	if (project && written !== text) {
		const continues = lastKept.cueId === cueId && Date.now() - lastKept.at < oneActMs;
		if (!(await editCues([{ cueId, target: fromEdited(text, project.format) }], continues))) return false;
		lastKept = { cueId, at: Date.now() };
	}
	// What was typed meanwhile waits for its own turn.
	if (useDrafts.getState().drafts[cueId] === text) forget(cueId);
	else useDrafts.setState(({ bases }) => ({ bases: { ...bases, [cueId]: text } }));
	return true;
}

function forget(cueId: string): void {
	projectIds.delete(cueId);
	useDrafts.setState(({ drafts: { [cueId]: _draft, ...drafts }, bases: { [cueId]: _base, ...bases } }) => ({ drafts, bases }));
}
