import { useTranslation } from 'react-i18next';
import type { SubtitleFinding } from '#contract/subtitleFinding.ts';
import { useFormat } from '../../ui/format.ts';

/** The words for what was found in a cue. */
export function useFindingWords() {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	return (finding: SubtitleFinding): string => {
		switch (finding.kind) {
			case 'untranslated':
			case 'language':
			case 'identical':
				return t(`report.findings.${finding.kind}`);
			case 'numbers':
				return [
					finding.missing.length > 0 && t('report.findings.missing', { numbers: finding.missing.join(', ') }),
					finding.added.length > 0 && t('report.findings.added', { numbers: finding.added.join(', ') }),
				]
					.filter(Boolean)
					.join(' · ');
			case 'addresses':
				return t('report.findings.addresses', { addresses: finding.missing.join(', ') });
			case 'name':
				return t('report.findings.name', { name: finding.name, usual: finding.usual });
			case 'tag':
				return t(`report.findings.tags.${finding.what}`, { tag: finding.tag });
			case 'glossary':
				return t('report.findings.glossary', { source: finding.source, target: finding.target });
			case 'ratio':
				return t('report.findings.ratio', { measured: format.number(finding.measured, 1), usual: format.number(finding.usual, 1) });
			case 'confidence':
				return t('report.findings.confidence', { share: format.percent(Math.exp(finding.measured)) });
			case 'rule':
				return t(`measures.broken.${finding.breach.kind}`);
			default:
				throw new Error(`no such finding: ${finding satisfies never}`);
		}
	};
}
