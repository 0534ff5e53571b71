import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface Props {
	/** What it is called; left out: it is a new one. */
	name?: string;
	onKeep: (name: string) => Promise<void>;
	onClose: () => void;
}

/** Asks what a glossary is to be called. */
export function GlossaryNameDialog({ name: before, onKeep, onClose }: Props) {
	const { t } = useTranslation('subtitles');
	const [name, setName] = useState(before ?? '');
	return (
		<ConfirmDialog
			open
			title={t(before === undefined ? 'glossaries.new' : 'glossaries.rename')}
			confirmLabel={t(before === undefined ? 'glossaries.create' : 'glossaries.keep')}
			isReady={name.trim() !== ''}
			onConfirm={() => onKeep(name.trim())}
			onClose={onClose}
		>
			<TextField
				fullWidth
				autoFocus
				label={t('glossaries.name')}
				value={name}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
				sx={{ mt: 1 }}
			/>
		</ConfirmDialog>
	);
}
