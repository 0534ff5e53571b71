import { create } from 'zustand';
import type { Term, TermFields, TermProblem } from '#contract/glossary.ts';
import { client } from '../../rpc/client.ts';

interface GlossaryState {
	glossaryId: string | null;
	/** By their source; null until read. */
	terms: Term[] | null;
	error: unknown;
}

/** The glossary that is shown: of the project on the bench, or on a page of its own. */
export const useGlossary = create<GlossaryState>(() => ({ glossaryId: null, terms: null, error: null }));

/** Shows a glossary, read anew; null shows none. */
export async function openGlossary(glossaryId: string | null): Promise<void> {
	if (useGlossary.getState().glossaryId !== glossaryId) useGlossary.setState({ glossaryId, terms: null, error: null });
	if (glossaryId !== null) await attempt(async () => keep(glossaryId, await client.subtitles.terms({ glossaryId })));
}

/** Adds a term. Tells which one with the same source went for it, to Recently deleted; null where it was not kept. */
export async function addTerm(fields: TermFields): Promise<{ replaced: Term | null } | null> {
	const before = useGlossary.getState().terms ?? [];
	const isKept = await act(async (glossaryId) => void (await client.subtitles.addTerms({ glossaryId, terms: [fields] })));
	const after = new Set((useGlossary.getState().terms ?? []).map(({ id }) => id));
	return isKept ? { replaced: before.find(({ id, state }) => state === 'confirmed' && !after.has(id)) ?? null } : null;
}

/** Changes a term, which confirms it unless `state` says otherwise. True when it was kept. */
export async function changeTerm(termId: string, fields: TermFields, state: Term['state'] = 'confirmed'): Promise<boolean> {
	return act(async (glossaryId) => {
		await client.subtitles.changeTerm({ glossaryId, termId, fields, state });
	});
}

/** Confirms or refuses what was proposed. */
export async function settleTerms(termIds: string[], state: 'confirmed' | 'refused'): Promise<boolean> {
	return act(async (glossaryId) => {
		await client.subtitles.settleTerms({ glossaryId, termIds, state });
	});
}

/** Deletes a term. True when it is gone; `restoreTerm` brings it back. */
export async function removeTerm(termId: string): Promise<boolean> {
	return act(async (glossaryId) => client.subtitles.removeTerm({ glossaryId, termId }));
}

/** Brings a term back that was deleted. True when it is. */
export async function restoreTerm(termId: string): Promise<boolean> {
	return act(async () => client.deleted.restore({ kind: 'term', thingId: termId }));
}

/** Takes the terms of a table in; null where it could not be read. */
export async function importTerms(file: File): Promise<{ added: number; problems: TermProblem[] } | null> {
	const { glossaryId } = useGlossary.getState();
	if (glossaryId === null) return null;
	return attempt(async () => {
		const { terms, ...told } = await client.subtitles.importTerms({ glossaryId, file });
		keep(glossaryId, terms);
		return told;
	});
}

/** What is confirmed, as a file; null where that failed. */
export async function saveTerms(): Promise<{ fileName: string; file: File } | null> {
	const { glossaryId } = useGlossary.getState();
	return glossaryId === null ? null : attempt(() => client.subtitles.saveTerms({ glossaryId }));
}

async function act(work: (glossaryId: string) => Promise<void>): Promise<boolean> {
	const { glossaryId } = useGlossary.getState();
	if (glossaryId === null) return false;
	const isDone = await attempt(async () => {
		await work(glossaryId);
		keep(glossaryId, await client.subtitles.terms({ glossaryId }));
		return true;
	});
	return isDone === true;
}

function keep(glossaryId: string, terms: Term[]): void {
	useGlossary.setState((state) => (state.glossaryId === glossaryId ? { terms } : {}));
}

async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		const done = await work();
		useGlossary.setState({ error: null });
		return done;
	} catch (error) {
		useGlossary.setState({ error });
		return null;
	}
}
