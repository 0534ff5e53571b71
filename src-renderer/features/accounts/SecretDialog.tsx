import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';

interface Props {
	title: string;
	/** What it is good for, and until when. */
	text: ReactNode;
	secret: string;
	onClose: () => void;
}

/** Shows a secret this once: a click beside the dialog does not take it away. */
export function SecretDialog({ title, text, secret, onClose }: Props) {
	const { t } = useTranslation('accounts');
	const titleId = useId();
	return (
		<Dialog open onClose={(_event, reason) => reason === 'escapeKeyDown' && onClose()} aria-labelledby={titleId} maxWidth="sm" fullWidth>
			<DialogTitle id={titleId}>{title}</DialogTitle>
			<DialogContent>
				<Typography sx={{ mb: 2 }}>{text}</Typography>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, p: 1, pl: 2, borderRadius: 1, bgcolor: 'surface.sunken' }}>
					<Typography component="code" dir="ltr" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere', fontFamily: 'monospace' }}>
						{secret}
					</Typography>
					<CopyButton text={secret} />
				</Box>
				<Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 1 }}>
					{t('secret.once')}
				</Typography>
			</DialogContent>
			<DialogActions>
				<Button variant="contained" onClick={onClose}>
					{t('secret.done')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
