import { create } from 'zustand';
import { fromEdited, toEdited } from './editedText.ts';
import { editCues, useSubtitles } from './subtitlesStore.ts';

/** After so long a pause in typing it is kept. */
const pauseMs = 600;
/** What is kept within this time of what was kept before is one act with it: a sentence is taken back as a whole. */
const oneActMs = 2500;

/** What is typed and not kept yet, by cue; of a project that was left before it could be kept too, until that is open again. */
export const useDrafts = create<{ drafts: Readonly<Record<string, string>> }>(() => ({ drafts: {} }));

/** Of which project each is. */
const projectIds = new Map<string, string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastKept = { cueId: '', at: 0 };
let keeping: Promise<boolean> = Promise.resolve(true);

/** Takes what was typed; it is kept when typing pauses, or at once by `keepDrafts`. */
export function typeTarget(cueId: string, text: string): void {
	projectIds.set(cueId, useSubtitles.getState().openId ?? '');
	useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [cueId]: text } }));
	clearTimeout(timer);
	timer = setTimeout(() => void keepDrafts(), pauseMs);
}

/** Keeps what was typed in the open project. True when nothing of it is left to keep; where it failed it stays in the field, and the screen says why. */
export function keepDrafts(): Promise<boolean> {
	clearTimeout(timer);
	keeping = keeping.then(async () => {
		let isKept = true;
		for (const [cueId, text] of Object.entries(useDrafts.getState().drafts)) isKept = (await keepDraft(cueId, text)) && isKept;
		return isKept;
	});
	return keeping;
}

/** The next thing typed is an act of its own, as after an undo. */
export function endAct(): void {
	lastKept = { cueId: '', at: 0 };
}

async function keepDraft(cueId: string, text: string): Promise<boolean> {
	const { openId, cues, project } = useSubtitles.getState();
	if (projectIds.get(cueId) !== openId || cues === null) return true;
	const cue = cues.find(({ id }) => id === cueId);
	if (cue && project && toEdited(cue.target ?? '', project.format) !== text) {
		const continues = lastKept.cueId === cueId && Date.now() - lastKept.at < oneActMs;
		if (!(await editCues([{ cueId, target: fromEdited(text, project.format) }], continues))) return false;
		lastKept = { cueId, at: Date.now() };
	}
	useDrafts.setState(({ drafts }) => {
		// What was typed meanwhile waits for its own turn.
		if (drafts[cueId] !== text) return {};
		projectIds.delete(cueId);
		const { [cueId]: _kept, ...left } = drafts;
		return { drafts: left };
	});
	return true;
}
