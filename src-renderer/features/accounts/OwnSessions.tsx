import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notify, notifyError } from '../../ui/notify.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { SessionList } from './SessionList.tsx';

/** Where one is signed in, and the end of any of it. */
export function OwnSessions() {
	const { t } = useTranslation('accounts');
	const [sessions, setSessions] = useState<Session[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const load = useCallback(() => client.accounts.sessions().then(setSessions, setError), []);
	useEffect(() => void load(), [load]);

	const end = (ending: Promise<void>, said: string) => {
		ending.then(() => notify(said)).then(load, notifyError);
	};
	const others = sessions?.filter(({ isThisOne }) => !isThisOne) ?? [];
	return (
		<Section title={t('sessions.title')}>
			<ErrorNotice error={error} />
			{sessions?.length === 0 && <Typography sx={{ px: 2, py: 1.5, color: 'text.secondary' }}>{t('sessions.none')}</Typography>}
			<SessionList sessions={sessions ?? []} onEnd={(session) => end(client.accounts.endSession({ sessionId: session.id }), t('sessions.ended'))} />
			{others.length > 0 && (
				<Box sx={{ borderTop: 1, borderColor: 'divider' }}>
					<SectionRow label={t('sessions.others')} help={t('sessions.othersHelp')}>
						{() => (
							<Button variant="outlined" color="inherit" size="small" onClick={() => end(client.accounts.endOtherSessions(), t('sessions.endedOthers'))}>
								{t('sessions.endOthers')}
							</Button>
						)}
					</SectionRow>
				</Box>
			)}
		</Section>
	);
}
