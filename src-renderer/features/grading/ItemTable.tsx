import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { ItemAnalysis } from '#contract/agreement.ts';
import type { Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { Term } from '../../ui/Term.tsx';
import { chooseQuestion } from './deskStore.ts';
import { questionTitle } from './questionTitle.ts';
import { difficultyOf, discriminationOf } from './statisticsWords.ts';

/** Each question: how hard it was, and how well it tells the better students from the others; one that is chosen is looked at below. */
export function ItemTable({ assignment, items, chosenId }: { assignment: Assignment; items: readonly ItemAnalysis[]; chosenId: string }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const number = (value: number | null) => (value === null ? '–' : format.number(value, 2));
	const { questions } = assignment;
	const isSeveral = questions.length > 1;
	const under = (words: string) => (
		<Typography variant="caption" component="div" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
			{words}
		</Typography>
	);
	return (
		<Box sx={{ overflowX: 'auto' }}>
			<Table size="small" aria-label={t('statistics.items.title')} sx={{ '& td': { fontVariantNumeric: 'tabular-nums', verticalAlign: 'top' } }}>
				<TableHead>
					<TableRow>
						<TableCell>{t('fields.question')}</TableCell>
						<TableCell align="right">{t('statistics.items.count')}</TableCell>
						<TableCell align="right">{t('statistics.items.mean')}</TableCell>
						<TableCell align="right">{t('statistics.sums.deviation')}</TableCell>
						<TableCell>{t('statistics.items.difficulty')}</TableCell>
						{isSeveral && (
							<TableCell>
								<Term name="discrimination">{t('statistics.items.discrimination')}</Term>
							</TableCell>
						)}
						{isSeveral && <TableCell align="right">{t('statistics.items.rest')}</TableCell>}
					</TableRow>
				</TableHead>
				<TableBody>
					{questions.map((question, at) => {
						const { id, text, points } = question;
						const name = questionTitle(question, assignment);
						const item = items[at];
						if (!item) return null;
						return (
							<TableRow key={id} hover={isSeveral} selected={isSeveral && id === chosenId} onClick={() => chooseQuestion(id)}>
								<TableCell dir="auto" sx={{ overflowWrap: 'anywhere' }}>
									{isSeveral ? (
										<Box
											component="button"
											type="button"
											aria-pressed={id === chosenId}
											title={text}
											onClick={() => chooseQuestion(id)}
											sx={{ all: 'unset', cursor: 'pointer', '&:focus-visible': { outline: 2, outlineColor: 'primary.main' } }}
										>
											{name}
										</Box>
									) : (
										name
									)}
								</TableCell>
								<TableCell align="right">{format.number(item.count)}</TableCell>
								<TableCell align="right">
									{item.difficulty === null ? '–' : t('desk.pointsOf', { points: number(item.difficulty * points), outOf: number(points) })}
								</TableCell>
								<TableCell align="right">{number(item.deviation)}</TableCell>
								<TableCell>
									{item.difficulty === null ? '–' : format.percent(item.difficulty)}
									{item.difficulty !== null && under(t(`statistics.difficulty.${difficultyOf(item.difficulty)}`))}
								</TableCell>
								{isSeveral && (
									<TableCell>
										{number(item.upperLowerIndex)}
										{item.upperLowerIndex !== null && under(t(`statistics.discrimination.${discriminationOf(item.upperLowerIndex, item.count)}`))}
									</TableCell>
								)}
								{isSeveral && <TableCell align="right">{number(item.itemRestCorrelation)}</TableCell>}
							</TableRow>
						);
					})}
				</TableBody>
			</Table>
		</Box>
	);
}
