import { useTranslation } from 'react-i18next';
import type { TokenStatistics } from '#contract/finetune.ts';
import { ColumnChart } from '../../ui/ColumnChart.tsx';
import { useFormat } from '../../ui/format.ts';

/** How many examples have so many tokens. */
export function LengthChart({ title, histogram }: { title: string; histogram: TokenStatistics['histogram'] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const from = (index: number) => (index === 0 ? 0 : (histogram[index - 1]?.upTo ?? 0) + 1);
	// Under a column there is room for its end alone; pointing at it tells the whole.
	const columns = histogram.map(({ upTo, examples }, index) => ({
		name: `${format.number(from(index))}–${format.number(upTo)}`,
		tick: format.number(upTo),
		count: examples,
	}));
	return <ColumnChart title={title} of={t('datasets.lengths.tokens')} counted={t('datasets.examples')} heightPx={260} columns={columns} />;
}
