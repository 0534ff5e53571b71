import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ConfirmDialog } from './ConfirmDialog.tsx';

interface Props {
	/** What the button says, and the one that confirms. */
	label: string;
	/** The question, and what is lost. */
	title: string;
	text: string;
	isDisabled?: boolean;
	/** Does it; what it rejects with is shown in the dialog, which then stays open. */
	onConfirm: () => void | Promise<void>;
}

/** A button for what cannot be taken back: it asks first. */
export function AskedButton({ label, title, text, isDisabled = false, onConfirm }: Props) {
	const [isAsking, setAsking] = useState(false);
	return (
		<>
			<Button variant="outlined" color="inherit" size="small" disabled={isDisabled} sx={{ flex: 'none' }} onClick={() => setAsking(true)}>
				{label}
			</Button>
			<ConfirmDialog open={isAsking} title={title} confirmLabel={label} isDestructive onConfirm={onConfirm} onClose={() => setAsking(false)}>
				<Typography>{text}</Typography>
			</ConfirmDialog>
		</>
	);
}
