import EditIcon from '@mui/icons-material/EditOutlined';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Glossary } from '#contract/glossary.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { GlossaryNameDialog } from './GlossaryNameDialog.tsx';

/** One glossary in the list. */
export function GlossaryRow({ glossary: { id, name, counts, createdAt }, onChange }: { glossary: Glossary; onChange: () => void }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const [isRenaming, setRenaming] = useState(false);
	const remove = async () => {
		await client.subtitles.removeGlossary({ glossaryId: id });
		onChange();
		notify(t('list.deleted', { title: name }), async () => {
			await client.deleted.restore({ kind: 'glossary', thingId: id });
			onChange();
		});
	};
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
				<SymbolButton label={t('glossaries.renameNamed', { name })} onClick={() => setRenaming(true)}>
					<EditIcon fontSize="small" />
				</SymbolButton>
				<RemoveButton label={t('list.deleteNamed', { title: name })} onRemove={remove} />
				{isRenaming && (
					<GlossaryNameDialog
						name={name}
						onKeep={async (changed) => {
							await client.subtitles.renameGlossary({ glossaryId: id, name: changed });
							onChange();
						}}
						onClose={() => setRenaming(false)}
					/>
				)}
			</TableCell>
		</TableRow>
	);
}
