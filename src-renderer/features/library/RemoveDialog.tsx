import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';

/** Asks before a model leaves the library, and says which file would be deleted and what that frees. */
export function RemoveDialog({ model, onClose }: { model: Model | null; onClose: () => void }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const [deleteFile, setDeleteFile] = useState(false);
	const close = () => {
		setDeleteFile(false);
		onClose();
	};
	const remove = async () => {
		if (!model) return;
		const { freedBytes } = await client.library.remove({ modelId: model.id, deleteFile });
		notify(freedBytes > 0 ? t('remove.doneFreed', { name: model.name, bytes: format.bytes(freedBytes) }) : t('remove.done', { name: model.name }));
	};
	return (
		<ConfirmDialog
			open={model !== null}
			title={t('remove.title', { name: model?.name ?? '' })}
			confirmLabel={t('remove.confirm')}
			isDestructive
			onConfirm={remove}
			onClose={close}
		>
			<Typography sx={{ mb: 1 }}>{t('remove.text')}</Typography>
			<Typography variant="caption" sx={{ display: 'block', color: 'text.secondary', overflowWrap: 'anywhere', mb: 1 }}>
				{model?.path}
			</Typography>
			{model?.owned ? (
				<FormControlLabel
					control={<Checkbox size="small" checked={deleteFile} onChange={(event) => setDeleteFile(event.target.checked)} />}
					label={t('remove.deleteFile', { bytes: format.bytes(model.sizeBytes) })}
				/>
			) : (
				<Typography>{t('remove.fileStays')}</Typography>
			)}
		</ConfirmDialog>
	);
}
