import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
	title: string;
	width?: 'xs' | 'sm';
	children: ReactNode;
	onClose: () => void;
}

/** Shows something and asks nothing: all that can be done with it is to close it. */
export function PlainDialog({ title, width = 'sm', children, onClose }: Props) {
	const { t } = useTranslation('ui');
	const titleId = useId();
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth={width} fullWidth>
			<DialogTitle id={titleId}>{title}</DialogTitle>
			<DialogContent>{children}</DialogContent>
			<DialogActions>
				<Button color="inherit" autoFocus onClick={onClose}>
					{t('close')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
