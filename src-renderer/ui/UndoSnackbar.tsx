import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './ErrorNotice.tsx';
import { dismissNotice, type Notice, notifyError, shownMs, useNotices } from './notify.ts';

/** Shows each notice for a while, the newest last, with "Undo" where what was done can be taken back; one stays while somebody points at it. */
export function UndoSnackbar() {
	const notices = useNotices((state) => state.notices);
	const stack = useRef<HTMLDivElement>(null);
	const newestId = notices.at(-1)?.id;
	useEffect(() => {
		if (newestId !== undefined) stack.current?.scrollTo({ top: stack.current.scrollHeight });
	}, [newestId]);
	if (notices.length === 0) return null;
	return (
		<Box
			ref={stack}
			sx={{
				// Beside the rail, not over it.
				...{ position: 'fixed', left: 88, right: 24, bottom: 24, zIndex: 'snackbar', maxHeight: '40vh', overflow: 'auto' },
				...{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 1, pointerEvents: 'none', '& > *': { pointerEvents: 'auto' } },
			}}
		>
			{notices.map((notice) => (
				<Shown key={notice.id} notice={notice} />
			))}
		</Box>
	);
}

function Shown({ notice }: { notice: Notice }) {
	const { t } = useTranslation('ui');
	const close = () => dismissNotice(notice.id);
	const shared = {
		open: true,
		autoHideDuration: shownMs(notice),
		// A window that stands behind another would keep it for ever.
		disableWindowBlurListener: true,
		sx: { '&&': { position: 'static', transform: 'none' } },
		onClose: (_event: unknown, reason: string) => {
			// Escape is a key of the desks too: what can be brought back is not to go by it.
			if (reason === 'timeout' || (reason === 'escapeKeyDown' && notice.kind === 'word')) close();
		},
	} as const;
	if (notice.error !== undefined) {
		return (
			<Snackbar {...shared}>
				<div>
					<ErrorNotice error={notice.error} onClose={close} sx={{ maxWidth: 560, bgcolor: 'background.paper', boxShadow: '0 8px 24px rgba(0, 0, 0, 0.24)' }} />
				</div>
			</Snackbar>
		);
	}
	return <Snackbar {...shared} message={notice.message} action={notice.undo && <UndoButton label={t('undo')} notice={notice} />} />;
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
