import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deployment } from '#contract/engine.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';

const tones = { starting: 'busy', loading: 'busy', running: 'good', stopping: 'busy', stopped: 'quiet', failed: 'bad' } as const;

/** The models in memory or on their way there, with how they do. */
export function DeploymentTable({ deployments }: { deployments: readonly Deployment[] }) {
	const { t } = useTranslation('monitor');
	const format = useFormat();
	const titleId = useId();
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mb: 3 }}>
			<Typography id={titleId} variant="h2" sx={{ mb: 1 }}>
				{t('deployments.title')}
			</Typography>
			{deployments.length === 0 ? (
				<Typography sx={{ color: 'text.secondary' }}>{t('deployments.none')}</Typography>
			) : (
				<Paper variant="outlined" sx={{ overflowX: 'auto' }}>
					<Table aria-labelledby={titleId} sx={{ '& td, & th': { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } }}>
						<TableHead>
							<TableRow>
								<TableCell>{t('column.model')}</TableCell>
								<TableCell>{t('deployments.state')}</TableCell>
								<TableCell align="right">{t('deployments.requests')}</TableCell>
								<TableCell align="right">{t('machine.memory')}</TableCell>
								<TableCell align="right">{t('column.speed')}</TableCell>
								<TableCell>{t('deployments.device')}</TableCell>
								<TableCell>{t('deployments.used')}</TableCell>
							</TableRow>
						</TableHead>
						<TableBody sx={{ '& tr:last-of-type td, & tr:last-of-type th': { borderBottom: 0 } }}>
							{deployments.map((each) => (
								<TableRow key={each.id}>
									<TableCell component="th" scope="row" dir="auto" sx={{ maxWidth: 280, overflow: 'hidden', textOverflow: 'ellipsis' }}>
										{each.modelName}
									</TableCell>
									<TableCell title={each.failure?.message}>
										<StateLabel tone={tones[each.state]} label={t(`deployments.${each.state}`)} />
									</TableCell>
									<TableCell align="right">{format.number(each.activeRequests)}</TableCell>
									<TableCell align="right">{each.memoryBytes === null ? '–' : format.bytes(each.memoryBytes)}</TableCell>
									<TableCell align="right">{each.tokensPerSecond === null ? '–' : format.number(each.tokensPerSecond, 1)}</TableCell>
									<TableCell>{each.device === 'cpu' ? t('machine.cpu') : (each.device ?? '–')}</TableCell>
									<TableCell>{format.moment(each.lastUsedAt)}</TableCell>
								</TableRow>
							))}
						</TableBody>
					</Table>
				</Paper>
			)}
		</Box>
	);
}
