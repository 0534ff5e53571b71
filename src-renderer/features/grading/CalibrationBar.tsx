import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { calibrated } from './calibration.ts';
import { endCalibration, useDesk } from './deskStore.ts';
import { useDeskPage } from './useDeskPage.ts';

/** Says that drawn answers are on the desk whose proposals are hidden until they are marked, how many are, and leads to what came of it. */
export function CalibrationBar({ answers }: { answers: readonly Answer[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const calibration = useDesk((state) => state.calibration);
	const [, setPage] = useDeskPage();
	if (!calibration) return null;
	const drawn = calibration.answerIds.length;
	const done = calibrated(answers, calibration).filter(({ mark }) => mark !== null).length;
	const finish = () => {
		endCalibration();
		setPage('agreement');
	};
	return (
		<Alert
			severity="info"
			variant="outlined"
			role="status"
			sx={{ mx: 3, mb: 1, py: 0, alignItems: 'center', bgcolor: 'background.paper' }}
			action={
				<>
					<Button size="small" variant={done === drawn ? 'contained' : 'text'} disabled={done === 0} onClick={finish} sx={{ whiteSpace: 'nowrap' }}>
						{t('calibration.see')}
					</Button>
					<Button size="small" color="inherit" onClick={endCalibration}>
						{t('calibration.end')}
					</Button>
				</>
			}
		>
			{t('calibration.on', { done: format.number(done), drawn: format.number(drawn) })}
		</Alert>
	);
}
