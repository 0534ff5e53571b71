import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { SxProps, Theme } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { describeFailure } from './describeFailure.ts';
import { Folded } from './Folded.tsx';
import { useFormat } from './format.ts';

interface Props {
	/** What was thrown, or a stored failure record; null shows nothing. */
	error: unknown;
	/** One thing to do about it. */
	action?: { label: string; onClick: () => void } | undefined;
	onClose?: (() => void) | undefined;
	/** Further lines, such as the engine's last ones; they join the failure's own, folded away. */
	details?: readonly string[] | undefined;
	sx?: SxProps<Theme>;
}

/** Says a failed call in the reader's words: what happened, what was kept, what to do. Every failed call ends here or in `notifyError`. */
export function ErrorNotice({ error, action, onClose, details = [], sx = {} }: Props) {
	const { t } = useTranslation('failures');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	if (error === null || error === undefined) return null;
	const words = describeFailure(error, t, format);
	const lines = [...words.details, ...details];
	return (
		<Alert
			severity="error"
			variant="outlined"
			sx={[{ bgcolor: 'background.paper' }, ...(Array.isArray(sx) ? sx : [sx])]}
			{...(onClose ? { onClose, closeText: ui('close') } : {})}
			action={
				action ? (
					<Button color="inherit" size="small" onClick={action.onClick}>
						{action.label}
					</Button>
				) : undefined
			}
		>
			<Box dir="auto">{words.sentence}</Box>
			{lines.length > 0 && <Folded label={ui('details')} lines={lines} />}
		</Alert>
	);
}
