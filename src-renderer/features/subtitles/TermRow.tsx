import ConfirmIcon from '@mui/icons-material/CheckOutlined';
import RefuseIcon from '@mui/icons-material/CloseOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Term } from '#contract/glossary.ts';
import { notify } from '../../ui/notify.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { removeAimed } from '../../ui/removeAimed.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { changeTerm, removeTerm, restoreTerm, settleTerms } from './glossaryStore.ts';
import { TermForm } from './TermForm.tsx';

/** One term: as the film says it and as it is to be said, and what can be done with it. */
export function TermRow({ term, isSaid }: { term: Term; isSaid: boolean }) {
	const { t } = useTranslation('subtitles');
	const [isEditing, setEditing] = useState(false);
	const { id, source, target, kind, gender, note, state } = term;
	const fields = { source, target, kind, gender, note };
	const remove = async () => {
		if (await removeTerm(id)) notify(t('list.deleted', { title: source }), async () => void (await restoreTerm(id)));
	};
	const refuse = async () => {
		if (await settleTerms([id], 'refused')) notify(t('glossary.refused', { source }), async () => void (await changeTerm(id, fields, 'proposed')));
	};
	if (isEditing) {
		return (
			<Box component="li" sx={{ my: 1 }}>
				<TermForm
					term={fields}
					onKeep={async (changed) => {
						if (await changeTerm(id, changed)) setEditing(false);
					}}
					onClose={() => setEditing(false)}
				/>
			</Box>
		);
	}
	const about = [t(`glossary.kinds.${kind}`), kind === 'person' && gender !== 'unknown' && t(`glossary.genders.${gender}`), note].filter(Boolean).join(' · ');
	return (
		<Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 0.5, py: 0.75, borderTop: 1, borderColor: 'divider' }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography dir="auto" sx={{ overflowWrap: 'anywhere', fontWeight: isSaid ? 600 : 400 }}>
					{source} → {target === '' ? source : target}
				</Typography>
				<Typography variant="caption" dir="auto" sx={{ color: 'text.secondary', display: 'block' }}>
					{about}
				</Typography>
			</Box>
			{state === 'proposed' && (
				<>
					<SymbolButton label={t('glossary.confirm', { source })} onClick={() => void settleTerms([id], 'confirmed')}>
						<ConfirmIcon fontSize="small" />
					</SymbolButton>
					<SymbolButton label={t('glossary.refuse', { source })} onClick={() => void removeAimed(refuse)}>
						<RefuseIcon fontSize="small" />
					</SymbolButton>
				</>
			)}
			<SymbolButton label={t('glossary.edit', { source })} onClick={() => setEditing(true)}>
				<EditIcon fontSize="small" />
			</SymbolButton>
			{state === 'confirmed' && <RemoveButton label={t('glossary.delete', { source })} onRemove={remove} />}
		</Box>
	);
}
