import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure, toFailureRecord } from '#contract/errors.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { ProjectFields } from '#contract/subtitles.ts';
import { openSubtitlesStage, srtOf } from './openSubtitlesStage.test-support.ts';
import { type CueRow, ofChosenCues, readCueRows } from './projectRows.ts';
import { cue } from './schema.ts';

let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	stage = openSubtitlesStage();
});
afterEach(() => stage.close());

const cuesOf = (id: string) => stage.subtitles.cues('ann', id).cues;
const idAt = (id: string, at: number) => cuesOf(id)[at]?.id ?? '';
const kindsOf = (id: string) => cuesOf(id).map(({ findings }) => findings.map(({ kind }) => kind));
const known = ({ confidence, origin, tagFaults, status, failure: why }: SubtitleCue) => ({ confidence, origin, tagFaults, status, failure: why?.code });
const cutOff = toFailureRecord(failure('TRANSLATION_INVALID', { reason: 'cutOff' }), '');
const lost = { what: 'lost' as const, tag: '<i>' };

/** A project whose cues a model has translated, each with what is known of it besides. */
async function translated(
	cues: readonly (readonly [source: string, target: string | null, more?: Partial<CueRow>])[],
	fields: Partial<ProjectFields> = {},
): Promise<string> {
	const { id } = await stage.create(srtOf(cues.map(([source]) => source)), fields);
	for (const [at, row] of readCueRows(stage.db, 'ann', id).entries()) {
		const [, target = null, more = {}] = cues[at] ?? [];
		const set = { target, ...(target !== null && { origin: 'model' as const, status: 'translated' as const }), ...more };
		stage.db
			.update(cue)
			.set(set)
			.where(ofChosenCues('ann', id, [row.id]))
			.run();
	}
	return id;
}
function glossaryOf(id: string, source: string, target: string): string {
	const { glossaryId } = stage.subtitles.get('ann', id);
	const [term] = stage.subtitles.glossaries.addTerms('ann', glossaryId ?? '', [{ source, target, kind: 'term', gender: 'unknown', note: '' }]);
	return term?.id ?? '';
}

test('a cue in another language, in no language but its source’s, with another number or term is told, and what became of its project is followed', async () => {
	const id = await translated(
		[
			['Where are you going?', 'Wohin gehst du?'],
			['Where are you going?', 'Where are you going?'],
			['I have 15 of them.', 'Ich habe 50 davon.'],
			['The Warden is here.', 'Der Wärter ist da.'],
			['Where are you going?', '你要去哪儿？'],
			['Not translated', null],
		],
		{ sourceLanguage: 'en', targetLanguage: 'de' },
	);
	expect(kindsOf(id)).toEqual([[], ['identical'], ['numbers'], [], ['language'], []]);
	const termId = glossaryOf(id, 'Warden', 'Direktor');
	expect(cuesOf(id)[3]?.findings).toEqual([{ kind: 'glossary', source: 'Warden', target: 'Direktor' }]);
	stage.subtitles.edit('ann', id, [{ cueId: idAt(id, 3), target: 'Der Direktor ist da.' }]);
	expect(kindsOf(id)[3]).toEqual([]);
	stage.subtitles.undo('ann', id);
	expect(kindsOf(id)[3]).toEqual(['glossary']);
	stage.subtitles.glossaries.removeTerm('ann', stage.subtitles.get('ann', id).glossaryId ?? '', termId);
	expect(kindsOf(id)[3]).toEqual([]);
	stage.subtitles.change('ann', id, { targetLanguage: 'zh-Hans' });
	expect(kindsOf(id)).toEqual([['language'], ['identical'], ['language'], ['language'], [], []]);
});

test('whoever looks at a project is told when a term is settled', async () => {
	const id = await translated([['The Warden is here.', 'Der Wärter ist da.']]);
	const watch = stage.subtitles.watch('ann', id)[Symbol.asyncIterator]();
	await watch.next();
	glossaryOf(id, 'Warden', 'Direktor');
	const told = await watch.next();
	expect(told.value?.changed.map((one: SubtitleCue) => one.findings)).toEqual([[{ kind: 'glossary', source: 'Warden', target: 'Direktor' }]]);
	await watch.return?.();
});

test('find and replace leaves a text the model’s, as doubtful as it was', async () => {
	const id = await translated([
		['<i>One</i> and 15', '<i>Eins</i> und 50', { confidence: -1.5, tagFaults: [lost] }],
		['One again', 'Eins wieder', { confidence: -0.9, status: 'failed', failure: cutOff }],
	]);
	const order = { find: 'Eins', by: 'Einer', isCaseSensitive: true, isWholeWord: true, withApproved: false };
	const { changed } = stage.subtitles.replace('ann', id, order);
	expect(changed.map(known)).toEqual([
		{ confidence: -1.5, origin: 'model', tagFaults: [lost], status: 'translated', failure: undefined },
		{ confidence: -0.9, origin: 'model', tagFaults: [], status: 'failed', failure: 'TRANSLATION_INVALID' },
	]);
	expect(changed[0]?.findings).toEqual([{ kind: 'numbers', missing: [], added: ['50'] }]);
	stage.subtitles.replace('ann', id, { ...order, find: '50', by: '15' });
	expect(cuesOf(id)[0]?.findings).toEqual([]);
	stage.subtitles.edit('ann', id, [{ cueId: idAt(id, 0), target: '<i>Eins</i> und 15' }]);
	expect(cuesOf(id).slice(0, 1).map(known)).toEqual([{ confidence: null, origin: 'person', tagFaults: [], status: 'translated', failure: undefined }]);
	stage.subtitles.replace('ann', id, { ...order, find: 'Einer wieder', by: '' });
	expect(cuesOf(id)[1]).toMatchObject({ target: null, origin: null, confidence: null });
});

test('a split and a merge take what only the model knew along, and count again what can be counted', async () => {
	const id = await translated([
		['<i>Good morning. Did you sleep 15 hours?</i>', '<i>Guten Morgen. Hast du 50 Stunden geschlafen?</i>', { confidence: -1.5, tagFaults: [lost] }],
		['Yes.', 'Ja.', { origin: 'person' }],
		['Go on.', null, { status: 'failed', failure: cutOff }],
	]);
	const before = cuesOf(id);
	await stage.subtitles.retime('ann', id, { kind: 'split', cueId: idAt(id, 0), atMs: 1200 }, null);
	const half = { confidence: -1.5, origin: 'model', tagFaults: [lost], status: 'translated', failure: undefined };
	expect(cuesOf(id).slice(0, 2).map(known)).toEqual([half, half]);
	expect(kindsOf(id).slice(0, 2)).toEqual([[], ['numbers']]);
	const [, second, third, fourth] = cuesOf(id).map((one) => one.id);
	await stage.subtitles.retime('ann', id, { kind: 'merge', cueIds: [second ?? '', third ?? ''] }, null);
	// Half of it a model's: it is learnt from as little as that.
	expect(cuesOf(id).slice(1, 2).map(known)).toEqual([half]);
	await stage.subtitles.retime('ann', id, { kind: 'merge', cueIds: [second ?? '', fourth ?? ''] }, null);
	expect(cuesOf(id).slice(1).map(known)).toEqual([{ ...half, status: 'failed', failure: 'TRANSLATION_INVALID' }]);
	for (const _ of [1, 2, 3]) stage.subtitles.undo('ann', id);
	expect(cuesOf(id)).toEqual(before);
});

test('times that move mend nothing that failed, and what a person writes does', async () => {
	const id = await translated([['One', null, { status: 'failed', failure: cutOff }]]);
	await stage.subtitles.retime('ann', id, { kind: 'shift', byMs: 500 }, null);
	expect(cuesOf(id)[0]).toMatchObject({ startMs: 500, status: 'failed', failure: { code: 'TRANSLATION_INVALID' } });
	stage.subtitles.edit('ann', id, [{ cueId: idAt(id, 0), target: 'Eins' }]);
	expect(cuesOf(id)[0]).toMatchObject({ status: 'translated', failure: null });
});
