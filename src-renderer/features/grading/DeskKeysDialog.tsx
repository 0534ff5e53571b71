import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslation } from 'react-i18next';
import { openOnDesk } from './deskStore.ts';

const keys = [
	['move', '↓ ↑ · J K'],
	['page', '[ ]'],
	['criterion', '← → · H L'],
	['level', '1–9'],
	['points', 'Enter'],
	['feedback', 'F'],
	['accept', 'A'],
	['undo', 'U · Ctrl+Z'],
	['view', 'V'],
	['names', 'N'],
	['help', '?'],
] as const;

/** The keys of the desk and what each does. */
export function DeskKeysDialog() {
	const { t } = useTranslation('grading');
	const close = () => openOnDesk(null);
	return (
		<Dialog open onClose={close} aria-labelledby="keys-title" maxWidth="xs" fullWidth>
			<DialogTitle id="keys-title">{t('desk.keys.title')}</DialogTitle>
			<DialogContent>
				<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 3, rowGap: 0.75 }}>
					{keys.map(([act, key]) => (
						<Box key={act} sx={{ display: 'contents' }}>
							<Box component="dt" sx={{ color: 'text.secondary', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
								{key}
							</Box>
							<Box component="dd" sx={{ m: 0 }}>
								{t(`desk.keys.${act}`)}
							</Box>
						</Box>
					))}
				</Box>
			</DialogContent>
			<DialogActions>
				<Button color="inherit" autoFocus onClick={close}>
					{t('desk.close')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
