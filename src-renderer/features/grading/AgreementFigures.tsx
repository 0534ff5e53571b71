import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '#contract/agreement.ts';
import { useFormat } from '../../ui/format.ts';
import { closenessOf, leaningOf } from './agreementWords.ts';
import { useIntervalWords } from './useIntervalWords.ts';

/** The agreement in figures, each with the range that it is known to, and what it means. */
export function AgreementFigures({ agreement, outOf }: { agreement: Agreement; outOf: number }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = useIntervalWords();
	const { exact, adjacent, meanAbsoluteError, bias, qwk, middleBand } = agreement;
	const leaning = leaningOf(bias, outOf);
	const by = format.number(Math.abs(bias.value ?? 0), 2);
	const figures = [
		{ id: 'exact', value: words.value(exact, 'percent'), range: words.range(exact, 'percent'), help: '' },
		{ id: 'adjacent', value: words.value(adjacent, 'percent'), range: words.range(adjacent, 'percent'), help: t('agreement.adjacentHelp') },
		{
			id: 'error',
			value: words.value(meanAbsoluteError, 'number'),
			range: words.range(meanAbsoluteError, 'number'),
			help:
				middleBand.meanAbsoluteError.value === null
					? ''
					: t('agreement.middle', { error: format.number(middleBand.meanAbsoluteError.value, 2), answers: format.number(middleBand.count) }),
		},
		{
			id: 'bias',
			value: t(`agreement.leaning.${leaning}`),
			range: words.range(bias, 'number'),
			help: leaning === 'unknown' || leaning === 'same' ? '' : t(`agreement.leaningBy.${leaning}`, { points: by }),
		},
		{ id: 'qwk', value: words.value(qwk, 'number'), range: words.range(qwk, 'number'), help: t(`agreement.closeness.${closenessOf(agreement)}`) },
	] as const;
	return (
		<Paper variant="outlined" component="section" aria-label={t('agreement.figures')} sx={{ p: 2 }}>
			<Typography sx={{ mb: 1.5 }}>{t('agreement.of', { answers: format.number(agreement.count), outOf: format.number(outOf, 2) })}</Typography>
			<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))', gap: 2 }}>
				{figures.map(({ id, value, range, help }) => (
					<Box key={id} sx={{ display: 'flex', flexDirection: 'column' }}>
						<Box component="dt" sx={{ order: 1, color: 'text.secondary', typography: 'caption' }}>
							{t(`agreement.names.${id}`)}
						</Box>
						<Box component="dd" sx={{ m: 0, typography: 'h1', fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
							{value}
						</Box>
						<Box component="dd" sx={{ m: 0, order: 2, typography: 'caption', fontVariantNumeric: 'tabular-nums', color: 'text.secondary' }}>
							{range}
						</Box>
						{help !== '' && (
							<Box component="dd" sx={{ m: 0, order: 3, mt: 0.5, typography: 'caption' }}>
								{help}
							</Box>
						)}
					</Box>
				))}
			</Box>
		</Paper>
	);
}
