import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslation } from 'react-i18next';

interface Props {
	title: string;
	/** The keys as they are written on a keyboard, and what they do. */
	rows: readonly { keys: string; act: string }[];
	onClose: () => void;
}

/** The keys of a page and what each does. */
export function KeysDialog({ title, rows, onClose }: Props) {
	const { t } = useTranslation('ui');
	return (
		<Dialog open onClose={onClose} aria-labelledby="keys-title" maxWidth="xs" fullWidth>
			<DialogTitle id="keys-title">{title}</DialogTitle>
			<DialogContent>
				<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 3, rowGap: 0.75 }}>
					{rows.map(({ keys, act }) => (
						<Box key={keys} sx={{ display: 'contents' }}>
							<Box component="dt" sx={{ color: 'text.secondary', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
								{keys}
							</Box>
							<Box component="dd" sx={{ m: 0 }}>
								{act}
							</Box>
						</Box>
					))}
				</Box>
			</DialogContent>
			<DialogActions>
				<Button color="inherit" autoFocus onClick={onClose}>
					{t('close')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
