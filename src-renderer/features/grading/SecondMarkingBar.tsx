import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { setMarker, useDesk } from './deskStore.ts';

/** Says that a second marker is at the desk, who is to see nothing of the first one and of the model. */
export function SecondMarkingBar() {
	const { t } = useTranslation('grading');
	const marker = useDesk((state) => state.marker);
	if (marker === 'first') return null;
	return (
		<Alert
			severity="info"
			variant="outlined"
			// The button stands by the words: at the end it would be under what the toggle above it says of itself.
			sx={{ mx: 3, mb: 1, py: 0, alignItems: 'center', bgcolor: 'background.paper' }}
		>
			{t('desk.second.on')}{' '}
			<Button size="small" color="inherit" onClick={() => setMarker('first')}>
				{t('desk.second.end')}
			</Button>
		</Alert>
	);
}
