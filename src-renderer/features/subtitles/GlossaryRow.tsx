import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Glossary } from '#contract/glossary.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { GlossaryNameDialog } from './GlossaryNameDialog.tsx';

/** One glossary in the list. */
export function GlossaryRow({ glossary: { id, name, counts, createdAt }, onChange }: { glossary: Glossary; onChange: () => void }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
	const close = () => setOpen(null);
	return (
		<TableRow hover sx={{ height: 52 }}>
			<TableCell sx={{ width: '44%', maxWidth: 0 }}>
				<Link
					component={RouterLink}
					to={`/subtitles/glossaries/${id}`}
					dir="auto"
					underline="hover"
					noWrap
					sx={{ display: 'block', color: 'text.primary', fontWeight: 550 }}
				>
					{name}
				</Link>
			</TableCell>
			<TableCell align="right">{format.number(counts.confirmed)}</TableCell>
			<TableCell align="right">{format.number(counts.proposed)}</TableCell>
			<TableCell align="right">{format.number(counts.projects)}</TableCell>
			<TableCell sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>{format.moment(createdAt)}</TableCell>
			<TableCell padding="none" align="right" sx={{ whiteSpace: 'nowrap' }}>
				<SymbolButton label={t('glossaries.renameNamed', { name })} onClick={() => setOpen('rename')}>
					<EditIcon fontSize="small" />
				</SymbolButton>
				<SymbolButton label={t('list.deleteNamed', { title: name })} onClick={() => setOpen('delete')}>
					<DeleteIcon fontSize="small" />
				</SymbolButton>
				{open === 'rename' && (
					<GlossaryNameDialog
						name={name}
						onKeep={async (changed) => {
							await client.subtitles.renameGlossary({ glossaryId: id, name: changed });
							onChange();
						}}
						onClose={close}
					/>
				)}
				<ConfirmDialog
					open={open === 'delete'}
					title={t('glossaries.delete')}
					confirmLabel={t('list.delete')}
					isDestructive
					onConfirm={async () => {
						await client.subtitles.removeGlossary({ glossaryId: id });
						onChange();
					}}
					onClose={close}
				>
					{t('glossaries.deleteText', { name, terms: format.number(counts.confirmed + counts.proposed), count: counts.projects })}
				</ConfirmDialog>
			</TableCell>
		</TableRow>
	);
}
