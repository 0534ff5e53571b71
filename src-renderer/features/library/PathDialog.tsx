import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { readPath } from './readPath.ts';

interface Props {
	title: string;
	text: string;
	label: string;
	example: string;
	confirmLabel: string;
	/** Takes the path that was typed; what it rejects with is shown, and the dialog stays. */
	onPath: (path: string) => Promise<void>;
	onClose: () => void;
}

/** Asks for a path on the machine where Homeroom runs. */
export function PathDialog({ title, text, label, example, confirmLabel, onPath, onClose }: Props) {
	const { t } = useTranslation('library');
	const [typed, setTyped] = useState('');
	const path = readPath(typed);
	return (
		<ConfirmDialog open title={title} confirmLabel={confirmLabel} isReady={path !== ''} onConfirm={() => onPath(path)} onClose={onClose}>
			<Typography sx={{ color: 'text.secondary', mb: 2 }}>{text}</Typography>
			<TextField
				autoFocus
				fullWidth
				label={label}
				placeholder={example}
				helperText={t('add.pathHelp')}
				value={typed}
				onChange={(event) => setTyped(event.target.value)}
				slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr' } }}
			/>
		</ConfirmDialog>
	);
}
