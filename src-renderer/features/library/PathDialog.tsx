import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { readPath } from '../../ui/readPath.ts';
import { PathField } from './PathField.tsx';

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
	const [typed, setTyped] = useState('');
	const path = readPath(typed);
	return (
		<ConfirmDialog open title={title} confirmLabel={confirmLabel} isReady={path !== ''} onConfirm={() => onPath(path)} onClose={onClose}>
			<Typography sx={{ color: 'text.secondary', mb: 2 }}>{text}</Typography>
			<PathField label={label} example={example} value={typed} onChange={setTyped} />
		</ConfirmDialog>
	);
}
