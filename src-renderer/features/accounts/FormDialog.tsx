import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { useAttempt } from './useAttempt.ts';

interface Props {
	title: string;
	submitLabel: string;
	isReady: boolean;
	isDestructive?: boolean;
	attempt: Pick<ReturnType<typeof useAttempt>, 'isBusy' | 'waitSeconds' | 'error'>;
	onSubmit: () => void;
	onClose: () => void;
	children: ReactNode;
}

/** A dialog with a few fields and one deed; what is refused is said in it, and it stays. */
export function FormDialog({ title, submitLabel, isReady, isDestructive = false, attempt, onSubmit, onClose, children }: Props) {
	const { t } = useTranslation('accounts');
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	const formId = useId();
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="xs" fullWidth>
			<DialogTitle id={titleId}>{title}</DialogTitle>
			<DialogContent>
				<form
					id={formId}
					noValidate
					onSubmit={(event) => {
						event.preventDefault();
						if (isReady) onSubmit();
					}}
					// The label of a first field stands above it, where the dialog would cut it off.
					style={{ display: 'flex', flexDirection: 'column', gap: 16, paddingTop: 8 }}
				>
					{children}
				</form>
				<ErrorNotice error={attempt.error} sx={{ mt: 2 }} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
				<Button
					type="submit"
					form={formId}
					variant="contained"
					color={isDestructive ? 'error' : 'primary'}
					loading={attempt.isBusy}
					disabled={!isReady || attempt.waitSeconds > 0}
				>
					{attempt.waitSeconds > 0 ? t('door.wait', { count: attempt.waitSeconds }) : submitLabel}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
