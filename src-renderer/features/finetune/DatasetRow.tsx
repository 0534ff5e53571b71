import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Dataset } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { removeDataset } from './removeDataset.ts';

/** One dataset in the list, by its newest version. */
export function DatasetRow({ dataset }: { dataset: Dataset }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const [newest] = dataset.versions;
	if (!newest) return null;
	return (
		<TableRow hover sx={{ height: 52 }}>
			<TableCell sx={{ width: '48%', maxWidth: 0 }}>
				<Link
					component={RouterLink}
					to={`/finetune/datasets/${dataset.id}`}
					dir="auto"
					underline="hover"
					noWrap
					sx={{ display: 'block', color: 'text.primary', fontWeight: 550 }}
				>
					{dataset.title}
				</Link>
				<Typography variant="caption" dir="auto" noWrap component="div" sx={{ color: 'text.secondary' }}>
					{[t(`datasets.forms.${newest.form}`), newest.origin].filter(Boolean).join(' · ')}
				</Typography>
			</TableCell>
			<TableCell align="right">{format.number(newest.exampleCount)}</TableCell>
			<TableCell align="right">{format.count(newest.characters)}</TableCell>
			<TableCell align="right">{format.number(dataset.versions.length)}</TableCell>
			<TableCell sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>{format.moment(newest.createdAt)}</TableCell>
			<TableCell padding="none" align="right">
				<RemoveButton label={t('datasets.deleteNamed', { title: dataset.title })} onRemove={() => removeDataset(dataset, t)} />
			</TableCell>
		</TableRow>
	);
}
