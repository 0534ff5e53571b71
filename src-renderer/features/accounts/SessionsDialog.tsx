import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, Session } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SessionList } from './SessionList.tsx';

/** Where a person is signed in, and the end of one of it or of all. */
export function SessionsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	const [sessions, setSessions] = useState<Session[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const load = useCallback(() => client.accounts.sessionsOf({ accountId: person.id }).then(setSessions, setError), [person.id]);
	useEffect(() => void load(), [load]);
	const end = (sessionId: string | null) => {
		client.accounts.endSessionsOf({ accountId: person.id, sessionId }).then(load, setError);
	};
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
			<DialogTitle id={titleId}>{t('sessions.of', { name: person.name })}</DialogTitle>
			<DialogContent>
				<ErrorNotice error={error} sx={{ mb: 2 }} />
				{sessions?.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{t('sessions.noneOf')}</Typography>}
				{sessions !== null && sessions.length > 0 && (
					<Paper variant="outlined">
						<SessionList sessions={sessions} onEnd={({ id }) => end(id)} />
					</Paper>
				)}
			</DialogContent>
			<DialogActions>
				{sessions !== null && sessions.length > 0 && (
					<Button variant="outlined" color="inherit" sx={{ mr: 'auto' }} onClick={() => end(null)}>
						{t('sessions.endAll')}
					</Button>
				)}
				<Button variant="contained" onClick={onClose}>
					{ui('close')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
