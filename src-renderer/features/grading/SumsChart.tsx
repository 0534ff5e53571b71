import { useTranslation } from 'react-i18next';
import type { Distribution } from '#contract/agreement.ts';
import { ColumnChart } from '../../ui/ColumnChart.tsx';
import { useFormat } from '../../ui/format.ts';

/** How many students reached which sum of points. */
export function SumsChart({ distribution: { bins } }: { distribution: Distribution }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const columns = bins.map(({ low, high, count }) => ({ name: `${format.number(low, 2)}–${format.number(high, 2)}`, count }));
	return <ColumnChart title={t('statistics.sums.title')} of={t('mark.points')} counted={t('statistics.sums.students')} heightPx={220} columns={columns} />;
}
