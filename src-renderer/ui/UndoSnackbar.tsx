import Button from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './ErrorNotice.tsx';
import { dismissNotice, type Notice, notifyError, shownMs, useNotices } from './notify.ts';

/** Shows the last notice for a while, with "Undo" where what was done can be taken back; it stays while somebody points at it. */
export function UndoSnackbar() {
	const { t } = useTranslation('ui');
	const notice = useNotices((state) => state.notice);
	if (!notice) return null;
	const close = () => dismissNotice(notice.id);
	const shared = {
		open: true,
		autoHideDuration: shownMs(notice),
		// A window that stands behind another would keep it for ever.
		disableWindowBlurListener: true,
		anchorOrigin: { vertical: 'bottom', horizontal: 'left' },
		// Beside the rail, not over it.
		sx: { ml: { xs: 10, sm: 8 } },
		onClose: (_event: unknown, reason: string) => {
			if (reason !== 'clickaway') close();
		},
	} as const;
	if (notice.error !== undefined) {
		return (
			<Snackbar key={notice.id} {...shared}>
				<div>
					<ErrorNotice error={notice.error} onClose={close} sx={{ maxWidth: 560, bgcolor: 'background.paper', boxShadow: '0 8px 24px rgba(0, 0, 0, 0.24)' }} />
				</div>
			</Snackbar>
		);
	}
	return <Snackbar key={notice.id} {...shared} message={notice.message} action={notice.undo && <UndoButton label={t('undo')} notice={notice} />} />;
}

function UndoButton({ label, notice }: { label: string; notice: Notice }) {
	const undo = () => {
		dismissNotice(notice.id);
		Promise.resolve()
			.then(() => notice.undo?.())
			.catch(notifyError);
	};
	return (
		<Button size="small" color="inherit" onClick={undo}>
			{label}
		</Button>
	);
}
