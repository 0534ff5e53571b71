import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Gives a dataset another title. */
export function RenameDialog({ dataset, onClose }: { dataset: Dataset; onClose: () => void }) {
	const { t } = useTranslation('finetune');
	const [title, setTitle] = useState(dataset.title);
	return (
		<ConfirmDialog
			open
			title={t('datasets.rename.title')}
			confirmLabel={t('datasets.rename.save')}
			isReady={title.trim() !== ''}
			onConfirm={async () => {
				await client.finetune.renameDataset({ datasetId: dataset.id, title: title.trim() });
			}}
			onClose={onClose}
		>
			<TextField
				fullWidth
				autoFocus
				label={t('datasets.form.title')}
				value={title}
				onChange={(event) => setTitle(event.target.value)}
				slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
				sx={{ mt: 1 }}
			/>
		</ConfirmDialog>
	);
}
