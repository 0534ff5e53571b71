import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './ErrorNotice.tsx';

interface Props {
	open: boolean;
	title: string;
	children: ReactNode;
	/** What the confirming button says: the deed itself, never "OK". */
	confirmLabel: string;
	/** What the other button says where "Cancel" could mean the deed. */
	cancelLabel?: string;
	/** What is confirmed cannot be undone. */
	isDestructive?: boolean;
	/** What is needed is there; false keeps the confirming button from being pressed. */
	isReady?: boolean;
	/** Does it; what it rejects with is shown in the dialog, which then stays open. */
	onConfirm: () => void | Promise<void>;
	onClose: () => void;
}

/** Asks before something is done that cannot simply be taken back. Escape and "Cancel", or what stands for it, leave everything as it is. */
export function ConfirmDialog({ open, title, children, confirmLabel, cancelLabel, isDestructive = false, isReady = true, onConfirm, onClose }: Props) {
	const { t } = useTranslation('ui');
	const titleId = useId();
	const formId = useId();
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);

	const close = () => {
		setError(null);
		onClose();
	};
	const confirm = async () => {
		setBusy(true);
		setError(null);
		try {
			await onConfirm();
			onClose();
		} catch (thrown) {
			setError(thrown);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog open={open} onClose={close} aria-labelledby={titleId} maxWidth="xs" fullWidth>
			<DialogTitle id={titleId}>{title}</DialogTitle>
			<DialogContent>
				<form
					id={formId}
					onSubmit={(event) => {
						event.preventDefault();
						// React lets it rise through the portal to a form that the dialog is opened from.
						event.stopPropagation();
						if (isReady && !isBusy) void confirm();
					}}
				>
					{children}
				</form>
				<ErrorNotice error={error} sx={{ mt: 2 }} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={close}>
					{cancelLabel ?? t('cancel')}
				</Button>
				<Button type="submit" form={formId} variant="contained" color={isDestructive ? 'error' : 'primary'} loading={isBusy} disabled={!isReady}>
					{confirmLabel}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
