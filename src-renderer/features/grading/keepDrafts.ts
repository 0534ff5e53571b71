import { useMe } from '../../rpc/useMe.ts';
import { keepInTab } from '../../ui/keepInTab.ts';
import { type MarkDraft, useDesk } from './deskStore.ts';
import { draftOfForm, type FormDraft, isFormUntouched, restoreForm, useNewAssignment } from './newAssignmentStore.ts';

/** Keeps what is written in the form for a new assignment with the page's tab, so that a page that is loaded anew, or stopped, has it again. */
export function keepForm(): void {
	const me = useMe.getState().me;
	if (me === null) return;
	keepInTab<FormDraft>({
		...{ key: 'homeroom.newAssignment', ownerId: me.id, subscribe: useNewAssignment.subscribe },
		read() {
			const state = useNewAssignment.getState();
			const draft = draftOfForm(state);
			return isFormUntouched(state) ? [] : [draft, { ...draft, table: null }];
		},
		restore(draft) {
			if (isFormUntouched(useNewAssignment.getState()) && Array.isArray(draft.questions) && draft.questions.length > 0) restoreForm(draft);
		},
	});
}

/** Keeps what was said on the desk before there was a mark to keep it with, in the same manner. */
export function keepMarkDrafts(): void {
	const me = useMe.getState().me;
	if (me === null) return;
	keepInTab<Record<string, MarkDraft>>({
		...{ key: 'homeroom.markDrafts', ownerId: me.id },
		subscribe: (listener) => useDesk.subscribe((now, before) => now.drafts !== before.drafts && listener()),
		read() {
			const { drafts } = useDesk.getState();
			return Object.keys(drafts).length === 0 ? [] : [drafts];
		},
		restore: (kept) => useDesk.setState(({ drafts }) => ({ drafts: { ...kept, ...drafts } })),
	});
}
