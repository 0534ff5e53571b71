import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetOf } from '#contract/readingRules.ts';
import type { ReportCue } from './Finding.ts';
import { qualityReport, type ReportBasis } from './qualityReport.ts';
import { reportWords } from './reportWords.ts';
import { writeReportCsv } from './writeReportCsv.ts';
import { writeReportHtml } from './writeReportHtml.ts';

const basis: ReportBasis = {
	rules: presetOf('zh', 'netflix')?.rules ?? expect.fail('no preset'),
	fps: 24,
	sourceLanguage: 'en',
	targetLanguage: 'zh',
	glossary: [{ source: 'Warden', target: '典狱长' }],
	keepsSongs: false,
};

function cue(id: number, source: string, target: string, more: Partial<ReportCue> = {}): ReportCue {
	return { id: `c${id}`, number: id, startMs: id * 5000, endMs: id * 5000 + 3000, source, target, tagFaults: [], confidence: null, isApproved: false, ...more };
}

test('finds each kind in its cue, and nothing in a good one', () => {
	const usual = Array.from({ length: 24 }, (_, at) => cue(100 + at, 'I never saw him there.', '我从没在那里见过他。', { confidence: -0.2 }));
	const odd = [
		cue(1, 'Where are you going?', ''),
		cue(2, 'Where are you going?', 'where are you going'),
		cue(3, 'You have 15 minutes.', '你有五十分钟。'),
		cue(4, 'The Warden is here.', '监狱长来了。'),
		cue(5, 'Come here, please.', '请到我这里来，谢谢。', { tagFaults: [{ what: 'lost', tag: '<i>' }] }),
		cue(6, 'We should leave now.', '我们现在就应该离开这里，因为他们马上就要来了，而且他们很生气。'),
		cue(7, 'I do not know that.', '我不知道。', { confidence: -1.9 }),
		cue(8, 'It is late.', '已经很晚了。', { endMs: 8 * 5000 + 400 }),
		cue(9, 'Where are you going?', 'Where do you go?'),
	];
	const report = qualityReport([...usual, ...odd], basis);
	const kinds = Object.fromEntries(
		report.reported.map((one) => [one.cue.id, one.findings.map((finding) => (finding.kind === 'rule' ? finding.breach.kind : finding.kind))]),
	);
	expect(kinds).toEqual({
		c1: ['untranslated'],
		c2: ['identical'],
		c9: ['language'],
		c3: ['numbers'],
		c4: ['glossary'],
		c5: ['tag'],
		c6: ['cps', 'cpl', 'ratio'],
		c7: ['confidence'],
		c8: ['cps', 'tooShort'],
	});
	expect(report.counts).toEqual({ untranslated: 1, language: 1, identical: 1, numbers: 1, glossary: 1, tag: 1, rule: 2, ratio: 1, confidence: 1 });
	expect(report.reported.slice(0, 4).map((one) => one.cue.id)).toEqual(['c1', 'c9', 'c5', 'c3']);
});

test('what says the same words in another language is no translation; within one language, as names and kept songs do, it may', () => {
	const cues = [
		cue(1, 'The color is gray.', 'The colour is grey.'),
		cue(2, 'Hello, my friend.', '<i>Hello my friend</i>'),
		cue(3, 'Anna!', 'Anna!'),
		cue(4, 'Anna Karenina', 'Anna Karenina'),
		cue(5, '♪ All you need is love ♪', '♪ All you need is love ♪'),
	];
	const found = (more: Partial<ReportBasis>) =>
		qualityReport(cues, { ...basis, glossary: [], ...more }).reported.map((one) => [one.cue.id, one.findings[0]?.kind]);
	expect(found({ targetLanguage: 'en-GB' })).toEqual([]);
	expect(found({ targetLanguage: 'de' })).toEqual([
		['c2', 'identical'],
		['c5', 'identical'],
	]);
	expect(found({ targetLanguage: 'de', keepsSongs: true })).toEqual([['c2', 'identical']]);
});

test('a rule that half of all cues break ranks under one that a single cue breaks', () => {
	const long = Array.from({ length: 60 }, (_, at) =>
		cue(at, 'A line of many words.', at % 2 === 0 ? '这一行实在太长了所以超过了这一行字的限制' : '这样的一行字没有那么长呢。'),
	);
	const slow = cue(99, 'A line of many words.', '这样的一行字没有那么长。', { endMs: 99 * 5000 + 1000 });
	const report = qualityReport([...long, slow], basis);
	expect([report.reported[0]?.cue.id, report.counts.rule]).toEqual(['c99', 31]);
});

test('what a person has approved comes after the same in a cue that nobody has seen', () => {
	const [first, second] = qualityReport([cue(1, 'You have 15.', '好。', { isApproved: true }), cue(2, 'You have 15.', '好。')], basis).reported;
	expect([first?.cue.id, second?.cue.id, (first?.risk ?? 0) > (second?.risk ?? 0)]).toEqual(['c2', 'c1', true]);
});

const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string(),
	fc.constantFrom(
		'',
		'<script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		'=cmd|calc',
		'\u202eevil',
		'你好',
		'I have 1,000 cats, John.',
		'&amp;',
		'@SUM(A1)',
	),
);
const anyCue = fc.record({
	number: fc.nat(),
	id: fc.string(),
	startMs: fc.integer({ min: -1000, max: 100_000 }),
	endMs: fc.integer({ min: -1000, max: 100_000 }),
	source: anyText,
	target: anyText,
	tagFaults: fc.array(fc.record({ what: fc.constantFrom('lost' as const, 'doubled' as const), tag: anyText }), { maxLength: 3 }),
	confidence: fc.option(fc.double({ min: -20, max: 0, noNaN: true })),
	isApproved: fc.boolean(),
});
const anyGlossary = fc.array(fc.record({ source: anyText, target: anyText }), { maxLength: 5 });

test('any cues give the same report twice, in order of risk, with nothing found twice', () => {
	fc.assert(
		fc.property(fc.array(anyCue, { maxLength: 30 }), anyGlossary, (cues, glossary) => {
			const report = qualityReport(cues, { ...basis, glossary });
			expect(qualityReport(structuredClone(cues), { ...basis, glossary })).toEqual(report);
			for (const [at, { findings, risk }] of report.reported.entries()) {
				expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(findings.length);
				expect(risk >= 0 && risk <= 1 && risk <= (report.reported[at - 1]?.risk ?? 1)).toBe(true);
			}
		}),
		{ numRuns: 200 },
	);
});

test('no text of a file is markup, formula or turned around in what is given out', () => {
	fc.assert(
		fc.property(fc.array(anyCue, { maxLength: 12 }), anyText, fc.constantFrom('en' as const, 'zh' as const), (cues, name, language) => {
			const report = qualityReport(cues, basis);
			const html = writeReportHtml(report, reportWords[language], name);
			const tags = new Set(Array.from(html.matchAll(/<\/?([a-z0-9!]+)/gi), ([, tag]) => tag?.toLowerCase()));
			for (const tag of tags)
				expect([
					'!doctype',
					'html',
					'head',
					'meta',
					'title',
					'style',
					'body',
					'h1',
					'bdi',
					'p',
					'ul',
					'li',
					'b',
					'table',
					'thead',
					'tbody',
					'tr',
					'th',
					'td',
				]).toContain(tag);
			expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
			const rows: string[][] = parse(writeReportCsv(report, reportWords[language]), { bom: true, relax_quotes: true });
			expect(rows.length).toBe(report.reported.length + 1);
			for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@\t\r＝＋＠]/);
		}),
		{ numRuns: 200 },
	);
});

test('a page says what was found, in either language', () => {
	const report = qualityReport([cue(1, 'You have <b>15</b> minutes.', '好。')], basis);
	const pages = [writeReportHtml(report, reportWords.en, 'Film'), writeReportHtml(report, reportWords.zh, '电影')];
	expect(pages[0]).toContain('<li><bdi>Number missing: 15</bdi></li>');
	expect(pages[1]).toContain('<li><bdi>缺少数字：15</bdi></li>');
	expect(pages[0]).toContain('You have &lt;b&gt;15&lt;/b&gt; minutes.');
	expect(writeReportHtml(qualityReport([], basis), reportWords.en, 'Film')).toContain('Nothing was found.');
});

test('a film of 3,000 cues with a glossary of 300 terms is looked through', () => {
	const cues = Array.from({ length: 3000 }, (_, at) => cue(at, `Tell John that ${at} men came to Paris today.`, `告诉约翰今天有${at}个人来了巴黎。`));
	const glossary = Array.from({ length: 300 }, (_, at) => ({ source: `term${at} of`, target: `词${at}` }));
	expect(qualityReport(cues, { ...basis, glossary }).cues).toBe(3000);
});
