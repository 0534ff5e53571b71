import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import { Term } from '../../ui/Term.tsx';
import { AdapterRow } from './AdapterRow.tsx';
import type { AdaptersOfModel } from './arrangeAdapters.ts';

/** The adapters of one model, each with what it does and who may use it. */
export function AdapterTable({ group }: { group: AdaptersOfModel }) {
	const { t } = useTranslation('finetune');
	return (
		<TableContainer component={Paper} variant="outlined">
			<Table aria-label={group.modelName}>
				<TableHead>
					<TableRow>
						<TableCell sx={{ width: '32%' }}>{t('adapters.name')}</TableCell>
						<TableCell>{t('adapters.score')}</TableCell>
						<TableCell align="right">
							<Term name="forgetting">{t('adapters.forgetting')}</Term>
						</TableCell>
						<TableCell align="right">{t('adapters.refused')}</TableCell>
						<TableCell align="right">{t('adapters.size')}</TableCell>
						<TableCell>{t('adapters.seenBy')}</TableCell>
						<TableCell component="td" />
					</TableRow>
				</TableHead>
				<TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
					{group.families.flatMap(({ versions }) => versions.map((adapter) => <AdapterRow key={adapter.id} adapter={adapter} />))}
				</TableBody>
			</Table>
		</TableContainer>
	);
}
