import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslation } from 'react-i18next';
import type { LogEntry } from '#contract/monitor.ts';

interface Props {
	/** Null: none is open. */
	entry: LogEntry | null;
	onClose: () => void;
	/** Shows all entries of one request. */
	onFollow: (requestId: string) => void;
}

/** All that one entry of the log holds. */
export function LogDetail({ entry, onClose, onFollow }: Props) {
	const { t } = useTranslation('monitor');
	const { t: ui } = useTranslation('ui');
	const requestId = entry?.requestId ?? null;
	return (
		<Dialog open={entry !== null} onClose={onClose} fullWidth maxWidth="md">
			<DialogTitle sx={{ overflowWrap: 'anywhere' }}>{entry?.message || t('log.entry')}</DialogTitle>
			<DialogContent>
				<Box
					component="pre"
					dir="ltr"
					tabIndex={0}
					sx={{
						m: 0,
						p: 1.5,
						maxHeight: '60vh',
						overflow: 'auto',
						bgcolor: 'surface.sunken',
						borderRadius: 1,
						fontSize: '0.8125rem',
						whiteSpace: 'pre-wrap',
						overflowWrap: 'anywhere',
					}}
				>
					{entry && wholeText(entry)}
				</Box>
			</DialogContent>
			<DialogActions>
				{requestId !== null && <Button onClick={() => onFollow(requestId)}>{t('log.follow')}</Button>}
				<Button onClick={onClose}>{ui('close')}</Button>
			</DialogActions>
		</Dialog>
	);
}

/** With a stack in lines of its own. */
function wholeText({ at, level, message, requestId, detail }: LogEntry): string {
	const head = { time: at === null ? null : new Date(at).toISOString(), level, message, requestId };
	return `${JSON.stringify(head, null, 2)}\n${indented(detail).replaceAll('\\n', '\n')}`;
}

/** Long ones were cut short, and are no JSON any more. */
function indented(detail: string): string {
	try {
		return JSON.stringify(JSON.parse(detail), null, 2);
	} catch {
		return detail;
	}
}
