import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rulesOf } from '#contract/readingRules.ts';
import type { CueChange, ProjectFields } from '#contract/subtitles.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { batchCueOf } from './BatchCue.ts';
import { markupOf } from './markupOf.ts';
import { openSubtitlesStage, srtOf } from './openSubtitlesStage.test-support.ts';
import { ofChosenCues, readCueRows, readProject } from './projectRows.ts';
import { cue } from './schema.ts';
import { translateBatch } from './translateBatch.ts';
import { batchTurns, readSubtitlePrompts } from './translatePrompt.ts';

const prompts = readSubtitlePrompts(join(resolvePaths({}).resources, 'prompts'));
let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	stage = openSubtitlesStage();
});
afterEach(() => stage.close());

/** A project of these sources, each settled as its change says, or not at all. */
async function settle(cues: readonly (readonly [source: string, change?: Omit<CueChange, 'cueId'>])[], fields: Partial<ProjectFields> = {}): Promise<string> {
	const { id } = await stage.create(srtOf(cues.map(([source]) => source)), fields);
	const listed = stage.subtitles.cues('ann', id).cues;
	const changes = listed.flatMap((cue, at) => (cues[at]?.[1] ? [{ cueId: cue.id, ...cues[at][1] }] : []));
	stage.subtitles.edit('ann', id, changes);
	return id;
}
const approved = (target: string) => ({ target, isApproved: true });
const examples = (projectId: string) => stage.subtitles.settledTurns('ann', [projectId])[0]?.examples ?? [];

test('what is learnt is the very request for these cues, and what answers it gives the translations that were approved, tags and all', async () => {
	const id = await settle([
		['Before'],
		['<i>Hello</i> there', approved('<i>Hallo</i> Sie da')],
		['Say <b>no</b> more', approved('Kein <b>Wort</b> mehr')],
		['After'],
	]);
	const project = readProject(stage.db, 'ann', id);
	const rows = readCueRows(stage.db, 'ann', id);
	const cues = [1, 2].flatMap((at) => (rows[at] ? [batchCueOf(project, rows[at], at + 1)] : []));
	const [{ row, turns } = expect.fail(), ...more] = examples(id);
	expect([row, more]).toEqual([2, []]);
	const matter = { before: [{ text: 'Before', target: null }], after: [{ text: 'After', target: null }], terms: [], memory: [], hint: '' };
	expect(turns?.slice(0, -1)).toEqual(batchTurns(prompts, project, cues, matter));
	const film = { brief: project, markup: markupOf(project.format), rules: rulesOf(project) };
	const told = await translateBatch({ ask: async () => ({ text: turns?.at(-1)?.content ?? '', spans: [] }), prompts, film }, cues, matter);
	expect([...told.values()]).toMatchObject([
		{ kind: 'translated', target: '<i>Hallo</i> Sie da', tagFaults: [] },
		{ kind: 'translated', target: 'Kein <b>Wort</b> mehr', tagFaults: [] },
	]);
});

test('what a model wrote and nobody settled is not learnt; what a person wrote is, and a translation with broken tags is told', async () => {
	const id = await settle([['One', { target: 'Eins' }], ['Two'], ['a <b>bold</b> word', approved('ein fettes Wort')], ['Four', approved('Vier')], ['♪']]);
	const [first, broken] = examples(id);
	expect(JSON.parse(first?.turns?.at(-1)?.content ?? '')).toEqual({ 1: 'Eins', 4: 'Vier' });
	expect(broken).toEqual({ row: 3, turns: null, why: 'brokenTags' });
	expect(examples(id)).toHaveLength(2);
});

test('what departs from the glossary, or is in another language, is learnt where it is approved and never else; what was replaced in is still a model’s', async () => {
	const { id: glossaryId } = stage.subtitles.glossaries.create('ann', 'Names');
	stage.subtitles.glossaries.addTerms('ann', glossaryId, [{ source: 'Warden', target: 'Direktor', kind: 'term', gender: 'unknown', note: '' }]);
	const fields = { glossaryId, sourceLanguage: 'en' };
	const id = await settle(
		[['The Warden', { target: 'Der Wärter' }], ['A Warden', approved('Ein Wärter')], ['Where is it?', { target: '在哪里？' }], ['Four']],
		fields,
	);
	const byModel = { target: 'Vjer', origin: 'model' as const, status: 'translated' as const };
	const last = stage.subtitles.cues('ann', id).cues[3]?.id ?? '';
	stage.db
		.update(cue)
		.set(byModel)
		.where(ofChosenCues('ann', id, [last]))
		.run();
	stage.subtitles.replace('ann', id, { find: 'Vjer', by: 'Vier', isCaseSensitive: true, isWholeWord: false, withApproved: false });
	const left = { turns: null, why: 'doubtful' };
	const [first, taught, third, ...more] = examples(id);
	expect([first, third, more]).toEqual([{ row: 1, ...left }, { row: 3, ...left }, []]);
	expect(JSON.parse(taught?.turns?.at(-1)?.content ?? '')).toEqual({ 2: 'Ein Wärter' });
});

test('a translation that is longer than its limit is asked for with the room that it took', async () => {
	const long = 'So lang, wie es in zweieinhalb Sekunden gewiss niemand je zu lesen vermag, der es nicht schon auswendig kennt.';
	const [example] = examples(await settle([['Short', approved(long)]]));
	expect(example?.turns?.[1]?.content).toContain(`1 [${long.length}] "Short"`);
});

test('the settled terms go with the cues in which they occur, and scenes are not learnt in one example', async () => {
	const { id: glossaryId } = stage.subtitles.glossaries.create('ann', 'Names');
	const term = { source: 'Ada', target: 'Adele', kind: 'person', gender: 'feminine', note: '' } as const;
	stage.subtitles.glossaries.addTerms('ann', glossaryId, [term, { ...term, source: 'Bob', target: 'Robert' }]);
	const cues = Array.from({ length: 12 }, (_, at) => [at === 11 ? 'Ada is here' : `Line ${at}`, approved(`Zeile ${at}`)] as const);
	const made = examples(await settle(cues, { glossaryId }));
	expect(made.map(({ row }) => row)).toEqual([1, 6, 11]);
	expect(made.map(({ turns }) => turns?.[1]?.content.includes('"Ada" → "Adele"'))).toEqual([false, false, true]);
	expect(JSON.stringify(made)).not.toContain('Robert');
});

test('another account learns nothing of it', async () => {
	const id = await settle([['One', approved('Eins')]]);
	expect(() => stage.subtitles.settledTurns('bob', [id])).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
