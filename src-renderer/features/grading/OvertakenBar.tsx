import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyAct } from '../../ui/notify.ts';
import { canTakeOver, isOvertaken } from './arrangeDesk.ts';
import { takeOverAnew, undoLast } from './deskActs.ts';
import { setFilter, useDesk } from './deskStore.ts';

/** Says how many marks were taken over from proposals that are outdated or say something else now, shows them, and takes the new ones over. */
export function OvertakenBar({ assignment, answers }: { assignment: Assignment; answers: readonly Answer[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const marker = useDesk((state) => state.marker);
	const filter = useDesk((state) => state.filter);
	const isCalibrating = useDesk((state) => state.calibration !== null);
	const [isBusy, setBusy] = useState(false);
	const overtaken = useMemo(() => answers.filter(isOvertaken), [answers]);
	const ready = useMemo(() => overtaken.filter(canTakeOver), [overtaken]);
	if (marker === 'second' || isCalibrating || overtaken.length === 0) return null;
	const takeOver = async () => {
		setBusy(true);
		const isDone = await takeOverAnew(assignment, ready);
		setBusy(false);
		if (isDone) notifyAct(t('desk.overtaken.done', { answers: format.number(ready.length) }), async () => void (await undoLast()));
	};
	return (
		<Alert
			severity="warning"
			variant="outlined"
			role="status"
			sx={{ mx: 3, mb: 1, py: 0, alignItems: 'center', bgcolor: 'background.paper' }}
			action={
				<>
					{ready.length > 0 && (
						<Button size="small" loading={isBusy} onClick={() => void takeOver()} sx={{ whiteSpace: 'nowrap' }}>
							{t('desk.overtaken.do', { answers: format.number(ready.length) })}
						</Button>
					)}
					<Button size="small" color="inherit" onClick={() => setFilter(filter === 'overtaken' ? 'all' : 'overtaken')} sx={{ whiteSpace: 'nowrap' }}>
						{t(filter === 'overtaken' ? 'desk.overtaken.showAll' : 'desk.overtaken.show')}
					</Button>
				</>
			}
		>
			{t('desk.overtaken.on', { count: overtaken.length, answers: format.number(overtaken.length) })}{' '}
			{ready.length < overtaken.length && t('desk.overtaken.waiting', { answers: format.number(overtaken.length - ready.length) })}
		</Alert>
	);
}
