import type { Client } from '#contract/contract.ts';
import { untilJob } from './untilJob.ts';

const lines = [
	'The ferry leaves at seven.',
	'<i>Are you coming, Mira?</i>',
	'No. Not before the storm is over, and the storm is not over, as you can hear.',
	'Then I will wait\nwith you.',
	'- Where is the captain?\n- Asleep.',
	'“We have time,” she said.',
	'انتظر هنا من فضلك.',
	'הספינה יוצאת בשבע.',
	'Nobody sails on a Friday.',
	'It is Thursday, Henrik.',
	'Seven o’clock, then?',
	'Seven o’clock.',
];

/** A film of 60 cues of which some are translated by the model, some by hand and approved; its glossary; and a second episode as it came. */
export async function fillFilm(client: Client, modelId: string): Promise<{ projectId: string; glossaryId: string }> {
	const fields = { title: 'The Ferry', season: 'Island stories', sourceLanguage: 'en', targetLanguage: 'zh-Hans' };
	const source = { file: new File([writeCues(60)], 'Ferry.en.srt'), fileName: 'Ferry.en.srt' };
	const { id: projectId, glossaryId } = await client.subtitles.create({ fields, source });
	if (glossaryId === null) throw new Error('the film has no glossary of its own');
	const second = { file: new File([writeCues(8)], 'Storm.en.srt'), fileName: 'Storm.en.srt' };
	await client.subtitles.create({ fields: { ...fields, title: 'The Storm, in which nobody sails and everybody waits', glossaryId }, source: second });
	await client.subtitles.addTerms({
		glossaryId,
		terms: [
			{ source: 'Mira', target: '米拉', kind: 'person', gender: 'feminine', note: 'The ferryman’s daughter.' },
			{ source: 'Henrik', target: '亨里克', kind: 'person', gender: 'masculine', note: '' },
			{ source: 'ferry', target: '渡轮', kind: 'term', gender: 'unknown', note: '' },
		],
	});
	const { cues } = await client.subtitles.cues({ projectId });
	const byHand = ['渡轮七点开。', '<i>你来吗，米拉？</i>', '不，等暴风雨过去再说。', '那我和你\n一起等。'];
	await client.subtitles.edit({
		projectId,
		changes: byHand.flatMap((target, at) => cues.slice(at, at + 1).map(({ id }) => ({ cueId: id, target, isApproved: at < 2 }))),
	});
	const { cues: few } = await client.subtitles.cues({ projectId, from: 4, limit: 3 });
	await client.subtitles.edit({ projectId, changes: few.map(({ id }) => ({ cueId: id, target: '请在这里等。' })) });
	const short = { file: new File([writeCues(3)], 'Trailer.en.srt'), fileName: 'Trailer.en.srt' };
	const trailer = await client.subtitles.create({ fields: { ...fields, title: 'إعلان الفيلم', season: '' }, source: short, newGlossary: null });
	await client.subtitles.start({ projectIds: [trailer.id], modelId });
	await untilJob('translating', async () => (await client.subtitles.get({ projectId: trailer.id })).job);
	return { projectId, glossaryId };
}

/** So many cues, each of two seconds, as SubRip. */
export function writeCues(count: number): string {
	return Array.from({ length: count }, (_, at) => `${at + 1}\n${time(at * 2_500)} --> ${time(at * 2_500 + 2_000)}\n${lines[at % lines.length]}\n`).join('\n');
}

function time(ms: number): string {
	return new Date(ms).toISOString().slice(11, 23).replace('.', ',');
}
