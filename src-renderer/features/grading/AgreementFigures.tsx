import { useTranslation } from 'react-i18next';
import type { Agreement } from '#contract/agreement.ts';
import { useFormat } from '../../ui/format.ts';
import { closenessOf, leaningOf } from './agreementWords.ts';
import { FigureTiles } from './FigureTiles.tsx';
import { useIntervalWords } from './useIntervalWords.ts';

/** The agreement in figures, each with the range that it is known to, and what it means. */
export function AgreementFigures({ agreement, outOf }: { agreement: Agreement; outOf: number }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = useIntervalWords();
	const { exact, adjacent, meanAbsoluteError, bias, qwk, middleBand } = agreement;
	const leaning = leaningOf(agreement, outOf);
	const by = format.number(Math.abs(bias.value ?? 0), 2);
	const figures = [
		{ name: t('agreement.names.exact'), value: words.value(exact, 'percent'), range: words.range(exact, 'percent'), help: '' },
		{
			name: t('agreement.names.adjacent'),
			value: words.value(adjacent, 'percent'),
			range: words.range(adjacent, 'percent'),
			help: t('agreement.adjacentHelp'),
		},
		{
			name: t('agreement.names.error'),
			term: 'meanError' as const,
			value: words.value(meanAbsoluteError, 'number'),
			range: words.range(meanAbsoluteError, 'number'),
			help:
				middleBand.meanAbsoluteError.value === null
					? ''
					: t('agreement.middle', { error: format.number(middleBand.meanAbsoluteError.value, 2), answers: format.number(middleBand.count) }),
		},
		{
			name: t('agreement.names.bias'),
			value: t(`agreement.leaning.${leaning}`),
			range: words.range(bias, 'number'),
			help: leaning === 'unknown' || leaning === 'same' ? '' : t(`agreement.leaningBy.${leaning}`, { points: by }),
		},
		{
			name: t('agreement.names.qwk'),
			term: 'qwk' as const,
			value: words.value(qwk, 'number'),
			range: words.range(qwk, 'number'),
			help: t(`agreement.closeness.${closenessOf(agreement)}`),
		},
	];
	return (
		<FigureTiles
			label={t('agreement.figures')}
			from={t('agreement.of', { count: agreement.count, answers: format.number(agreement.count), outOf: format.number(outOf, 2) })}
			figures={figures}
		/>
	);
}
