import { useTranslation } from 'react-i18next';
import type { ConvertReport } from '#contract/convertReport.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';

/** In a word: how much was lost, that only the form changed, or that all was kept as it was. */
export function VerdictLabel({ counts: { lost, changed } }: { counts: Pick<ConvertReport['counts'], 'lost' | 'changed'> }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	if (lost > 0) return <StateLabel tone="warn" label={t('verdict.lost', { count: lost, number: format.number(lost) })} />;
	return changed > 0 ? <StateLabel tone="quiet" label={t('verdict.changed')} /> : <StateLabel tone="good" label={t('verdict.kept')} />;
}
