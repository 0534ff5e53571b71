import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import type { MarkersAgreement as Agreed } from '#contract/agreement.ts';
import type { Question } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { Term } from '../../ui/Term.tsx';
import { leaningOf, reliabilityOf } from './agreementWords.ts';
import { ConfusionTable } from './ConfusionTable.tsx';
import { FigureTiles } from './FigureTiles.tsx';
import { useIntervalWords } from './useIntervalWords.ts';

/** How well two who marked independently of one another agree in a question: in figures, drawn, and by criterion. */
export function MarkersAgreement({ question, markers }: { question: Question; markers: Agreed }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = useIntervalWords();
	const { points, alpha } = markers;
	const leaning = leaningOf(points, question.points);
	const by = format.number(Math.abs(points.bias.value ?? 0), 2);
	const figures = [
		{ name: t('agreement.names.exact'), value: words.value(points.exact, 'percent'), range: words.range(points.exact, 'percent'), help: '' },
		{ name: t('agreement.names.adjacent'), value: words.value(points.adjacent, 'percent'), range: words.range(points.adjacent, 'percent'), help: '' },
		{
			name: t('markers.bias'),
			value: t(`markers.leaning.${leaning}`),
			range: words.range(points.bias, 'number'),
			help: leaning === 'unknown' || leaning === 'same' ? '' : t(`markers.leaningBy.${leaning}`, { points: by }),
		},
		{
			name: t('agreement.names.qwk'),
			term: 'qwk' as const,
			value: words.value(points.qwk, 'number'),
			range: words.range(points.qwk, 'number'),
			help: t('markers.qwkHelp'),
		},
		{
			name: t('markers.alpha'),
			term: 'krippendorffsAlpha' as const,
			value: alpha === null ? '–' : format.number(alpha, 2),
			range: '',
			help: t(`markers.reliability.${reliabilityOf(alpha, points.count)}`),
		},
	];
	const title = t('markers.confusion.title');
	return (
		<>
			<FigureTiles
				label={t('desk.second.compared')}
				from={t('markers.of', { answers: format.number(points.count), outOf: format.number(question.points, 2) })}
				figures={figures}
			/>
			<Section title={title}>
				<ConfusionTable confusion={points.confusion} title={title} text={t('markers.confusion.text')} corner={t('markers.confusion.corner')} />
			</Section>
			{markers.criteria.some(({ agreement }) => agreement.count > 0) && (
				<Section title={t('markers.criteria')}>
					<CriteriaOfMarkers question={question} markers={markers} />
				</Section>
			)}
		</>
	);
}

function CriteriaOfMarkers({ question: { rubric }, markers }: { question: Question; markers: Agreed }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = useIntervalWords();
	const figure = (value: number | null) => (value === null ? '–' : format.number(value, 2));
	return (
		<Table size="small" aria-label={t('markers.criteria')} sx={{ '& td': { fontVariantNumeric: 'tabular-nums' } }}>
			<TableHead>
				<TableRow>
					<TableCell>{t('agreement.criteria.criterion')}</TableCell>
					<TableCell align="right">{t('agreement.criteria.count')}</TableCell>
					<TableCell align="right">{t('agreement.names.exactLevel')}</TableCell>
					<TableCell align="right">
						<Term name="cohensKappa">{t('markers.kappa')}</Term>
					</TableCell>
					<TableCell align="right">
						<Term name="krippendorffsAlpha">{t('markers.alpha')}</Term>
					</TableCell>
				</TableRow>
			</TableHead>
			<TableBody>
				{markers.criteria.map(({ criterionId, agreement, kappa, alpha }) => (
					<TableRow key={criterionId}>
						<TableCell dir="auto" sx={{ overflowWrap: 'anywhere' }}>
							{rubric.find(({ id }) => id === criterionId)?.name}
						</TableCell>
						<TableCell align="right">{format.number(agreement.count)}</TableCell>
						<TableCell align="right" title={words.range(agreement.exact, 'percent')}>
							{words.value(agreement.exact, 'percent')}
						</TableCell>
						<TableCell align="right">{figure(kappa)}</TableCell>
						<TableCell align="right">{figure(alpha)}</TableCell>
					</TableRow>
				))}
			</TableBody>
		</Table>
	);
}
