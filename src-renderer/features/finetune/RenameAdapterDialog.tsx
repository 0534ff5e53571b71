import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Adapter } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Changes what an adapter is called. */
export function RenameAdapterDialog({ adapter, onClose }: { adapter: Adapter; onClose: () => void }) {
	const { t } = useTranslation('finetune');
	const [name, setName] = useState(adapter.name);
	return (
		<ConfirmDialog
			open
			title={t('adapters.renameTitle')}
			confirmLabel={t('adapters.rename')}
			isReady={name.trim() !== ''}
			onConfirm={async () => {
				await client.finetune.changeAdapter({ adapterId: adapter.id, name: name.trim() });
			}}
			onClose={onClose}
		>
			<TextField
				autoFocus
				fullWidth
				label={t('adapters.name')}
				value={name}
				onChange={(event) => setName(event.target.value)}
				sx={{ mt: 1 }}
				slotProps={{ htmlInput: { maxLength: 120, dir: 'auto', autoComplete: 'off' } }}
			/>
		</ConfirmDialog>
	);
}
