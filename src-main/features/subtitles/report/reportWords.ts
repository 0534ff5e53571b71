import type { Breach } from '#contract/breachesOf.ts';
import type { Finding, FindingKind } from './Finding.ts';

type Of<Kind extends FindingKind> = Extract<Finding, { kind: Kind }>;

/** What a quality report says by itself, in one language. */
export interface ReportWords {
	language: string;
	title: string;
	/** How many cues there are, and how many of them something was found in. */
	summary: (cues: number, found: number, approved: number) => string;
	nothing: string;
	columns: { number: string; start: string; end: string; risk: string; source: string; target: string; findings: string; confidence: string; approved: string };
	yes: string;
	kinds: Record<FindingKind, string>;
	findings: { [Kind in Exclude<FindingKind, 'rule'>]: (finding: Of<Kind>) => string };
	breaches: Record<Breach['kind'], (breach: Breach) => string>;
}

const seconds = (ms: number) => String(Math.round(ms) / 1000);

/** The words of a report in English and in Simplified Chinese. Those of the screens are in resources/locales. */
export const reportWords: Record<'en' | 'zh', ReportWords> = {
	en: {
		language: 'en',
		title: 'Quality report',
		summary: (cues, found, approved) => `${cues} cues, ${approved} of them approved. Something was found in ${found}; the riskiest come first.`,
		nothing: 'Nothing was found.',
		columns: {
			...{ number: 'No.', start: 'Start', end: 'End', risk: 'Risk', source: 'Source', target: 'Translation' },
			...{ findings: 'Findings', confidence: 'Mean log-probability', approved: 'Approved' },
		},
		yes: 'yes',
		kinds: {
			...{ untranslated: 'Not translated', language: 'Wrong language', identical: 'Same as the source', numbers: 'Numbers', name: 'Names', tag: 'Tags' },
			...{ addresses: 'Addresses', glossary: 'Glossary', ratio: 'Length', confidence: 'Model unsure', rule: 'Reading rules' },
		},
		findings: {
			untranslated: () => 'Not translated',
			language: () => 'In another language or script',
			identical: () => 'Same as the source',
			numbers: ({ missing, added }) =>
				[missing.length > 0 && `Number missing: ${missing.join(', ')}`, added.length > 0 && `Number that the source has not: ${added.join(', ')}`]
					.filter(Boolean)
					.join('; '),
			addresses: ({ missing }) => `Address missing: ${missing.join(', ')}`,
			name: ({ name, usual }) => `${name} is otherwise “${usual}”`,
			tag: ({ what, tag }) => `${{ lost: 'Tag lost', doubled: 'Tag written twice', crossed: 'Tag that ended before it began' }[what]}: ${tag}`,
			glossary: ({ source, target }) => `Glossary: “${source}” is to be “${target}”`,
			ratio: ({ measured, usual }) => `${measured} times as long as its source; usual is ${usual}`,
			confidence: ({ measured }) => `The model was unsure (${measured})`,
		},
		breaches: {
			endBeforeStart: ({ measured }) => `Ends ${seconds(measured)} s before it begins`,
			cps: ({ measured, limit }) => `${measured} characters per second; limit ${limit}`,
			cpl: ({ measured, limit }) => `Line of ${measured} characters; limit ${limit}`,
			lines: ({ measured, limit }) => `${measured} lines; limit ${limit}`,
			tooShort: ({ measured, limit }) => `Shown for ${seconds(measured)} s; at least ${seconds(limit)} s`,
			tooLong: ({ measured, limit }) => `Shown for ${seconds(measured)} s; at most ${seconds(limit)} s`,
			gap: ({ measured, limit }) => `${measured} frames before the next; at least ${limit}`,
			overlap: ({ measured }) => `Overlaps the next by ${seconds(measured)} s`,
		},
	},
	zh: {
		language: 'zh-CN',
		title: '质量报告',
		summary: (cues, found, approved) => `共 ${cues} 条字幕，已确认 ${approved} 条。${found} 条有待检查，风险最高的排在最前。`,
		nothing: '没有发现问题。',
		columns: {
			...{ number: '序号', start: '开始', end: '结束', risk: '风险', source: '原文', target: '译文' },
			...{ findings: '发现', confidence: '平均对数概率', approved: '已确认' },
		},
		yes: '是',
		kinds: {
			...{ untranslated: '未翻译', language: '语言不符', identical: '与原文相同', numbers: '数字', name: '人名地名', tag: '标签' },
			...{ addresses: '网址邮箱', glossary: '术语', ratio: '长度', confidence: '模型没有把握', rule: '阅读规则' },
		},
		findings: {
			untranslated: () => '未翻译',
			language: () => '不是译文应有的语言或文字',
			identical: () => '与原文相同',
			numbers: ({ missing, added }) =>
				[missing.length > 0 && `缺少数字：${missing.join('、')}`, added.length > 0 && `原文没有的数字：${added.join('、')}`].filter(Boolean).join('；'),
			addresses: ({ missing }) => `缺少网址或邮箱：${missing.join('、')}`,
			name: ({ name, usual }) => `${name} 在别处译作“${usual}”`,
			tag: ({ what, tag }) => `${{ lost: '标签丢失', doubled: '标签重复', crossed: '标签首尾颠倒' }[what]}：${tag}`,
			glossary: ({ source, target }) => `术语：“${source}”应译作“${target}”`,
			ratio: ({ measured, usual }) => `长度是原文的 ${measured} 倍，通常是 ${usual} 倍`,
			confidence: ({ measured }) => `模型没有把握（${measured}）`,
		},
		breaches: {
			endBeforeStart: ({ measured }) => `结束比开始早 ${seconds(measured)} 秒`,
			cps: ({ measured, limit }) => `每秒 ${measured} 字，上限 ${limit}`,
			cpl: ({ measured, limit }) => `一行 ${measured} 字，上限 ${limit}`,
			lines: ({ measured, limit }) => `${measured} 行，上限 ${limit}`,
			tooShort: ({ measured, limit }) => `显示 ${seconds(measured)} 秒，至少 ${seconds(limit)} 秒`,
			tooLong: ({ measured, limit }) => `显示 ${seconds(measured)} 秒，至多 ${seconds(limit)} 秒`,
			gap: ({ measured, limit }) => `距下一条 ${measured} 帧，至少 ${limit} 帧`,
			overlap: ({ measured }) => `与下一条重叠 ${seconds(measured)} 秒`,
		},
	},
};

/** A finding in words. */
export function wordsOf(finding: Finding, words: ReportWords): string {
	switch (finding.kind) {
		case 'rule':
			return words.breaches[finding.breach.kind](finding.breach);
		case 'numbers':
			return words.findings.numbers(finding);
		case 'addresses':
			return words.findings.addresses(finding);
		case 'name':
			return words.findings.name(finding);
		case 'tag':
			return words.findings.tag(finding);
		case 'glossary':
			return words.findings.glossary(finding);
		case 'ratio':
			return words.findings.ratio(finding);
		case 'confidence':
			return words.findings.confidence(finding);
		case 'untranslated':
			return words.findings.untranslated(finding);
		case 'language':
			return words.findings.language(finding);
		case 'identical':
			return words.findings.identical(finding);
		default:
			throw new Error(`no such finding: ${finding satisfies never}`);
	}
}
