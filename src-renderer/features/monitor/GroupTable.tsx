import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import type { Counted, CountedBy, MonitorGroup } from '#contract/monitor.ts';
import { useFormat } from '../../ui/format.ts';

interface Props {
	counted: Counted;
	by: CountedBy;
	groups: readonly MonitorGroup[];
	nameOf: (group: MonitorGroup) => string;
	/** Shows one of them alone. */
	onChoose: (key: string) => void;
}

/** What each model, person, key, task or route had, in numbers, the most first. */
export function GroupTable({ counted, by, groups, nameOf, onChoose }: Props) {
	const { t } = useTranslation('monitor');
	const format = useFormat();
	const isAnswers = counted === 'answers';
	const duration = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms));
	return (
		<Paper variant="outlined" sx={{ overflowX: 'auto' }}>
			<Table aria-label={t(`by.${by}`)} sx={{ '& td, & th': { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } }}>
				<TableHead>
					<TableRow>
						<TableCell>{t(`column.${by}`)}</TableCell>
						<TableCell align="right">{t(`column.${counted}`)}</TableCell>
						<TableCell align="right">{t('column.errors')}</TableCell>
						{isAnswers && (
							<>
								<TableCell align="right">{t('column.repeats')}</TableCell>
								<TableCell align="right">{t('column.prompt')}</TableCell>
								<TableCell align="right">{t('column.completion')}</TableCell>
							</>
						)}
						<TableCell align="right">{t(isAnswers ? 'column.firstWord' : 'column.took')}</TableCell>
						<TableCell align="right">{t('column.p95')}</TableCell>
						<TableCell align="right">{t('column.p99')}</TableCell>
						{isAnswers && <TableCell align="right">{t('column.speed')}</TableCell>}
					</TableRow>
				</TableHead>
				<TableBody sx={{ '& tr:last-of-type td, & tr:last-of-type th': { borderBottom: 0 } }}>
					{groups.map((group) => {
						const latency = isAnswers ? group.firstTokenMs : group.tookMs;
						return (
							<TableRow key={group.key} hover>
								<TableCell component="th" scope="row" sx={{ maxWidth: 280, overflow: 'hidden', textOverflow: 'ellipsis' }}>
									{group.key === '' ? (
										nameOf(group)
									) : (
										<Box
											component="button"
											type="button"
											dir="auto"
											title={t('showAlone', { name: nameOf(group) })}
											onClick={() => onChoose(group.key)}
											sx={{ all: 'unset', cursor: 'pointer', color: 'primary.main', '&:hover, &:focus-visible': { textDecoration: 'underline' } }}
										>
											{nameOf(group)}
										</Box>
									)}
								</TableCell>
								<TableCell align="right">{format.number(group.count)}</TableCell>
								<TableCell align="right" sx={{ color: group.errors > 0 ? 'error.main' : 'text.secondary' }}>
									{format.number(group.errors)}
								</TableCell>
								{isAnswers && (
									<>
										<TableCell align="right">{format.number(group.repeats)}</TableCell>
										<TableCell align="right">{format.number(group.promptTokens)}</TableCell>
										<TableCell align="right">{format.number(group.completionTokens)}</TableCell>
									</>
								)}
								<TableCell align="right">{duration(latency?.p50)}</TableCell>
								<TableCell align="right">{duration(latency?.p95)}</TableCell>
								<TableCell align="right">{duration(latency?.p99)}</TableCell>
								{isAnswers && <TableCell align="right">{group.tokensPerSecond === null ? '–' : format.number(group.tokensPerSecond, 1)}</TableCell>}
							</TableRow>
						);
					})}
				</TableBody>
			</Table>
		</Paper>
	);
}
