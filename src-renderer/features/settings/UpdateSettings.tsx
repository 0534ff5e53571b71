import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '#contract/contract.ts';
import type { UpdateState } from '#contract/updates.ts';
import { client } from '../../rpc/client.ts';
import { createLive } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { useSettings } from './settingsStore.ts';

type Updates = Outputs['updates']['watch'] extends AsyncIterable<infer Value> ? Value : never;

const useUpdates = createLive<Updates>((signal) => client.updates.watch(undefined, { signal }));

/** New versions of Homeroom: whether it looks for them, what it found, and the way back to the version before. */
export function UpdateSettings() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	const { value: updates, error } = useUpdates();
	if (!settings || (!updates && !error)) return null;
	return (
		<Section title={t('updates.title')}>
			<ErrorNotice error={error} sx={{ m: 2 }} />
			{updates && (
				<SectionRow label={t('updates.here', { version: updates.version })} {...(updates.server === null && { help: t('updates.nowhere') })}>
					{() => updates.server !== null && <Acts state={updates.state} />}
				</SectionRow>
			)}
			{updates?.server && (
				<>
					<Standing state={updates.state} />
					<SectionRow label={t('updates.look')} help={t('updates.lookHelp', { host: updates.server })}>
						{(labelId) => (
							<Switch
								checked={settings.lookForUpdates === true}
								onChange={(_event, lookForUpdates) => void change({ lookForUpdates })}
								slotProps={{ input: { 'aria-labelledby': labelId } }}
							/>
						)}
					</SectionRow>
				</>
			)}
			{updates?.back && <Back back={updates.back} />}
		</Section>
	);
}

/** What can be done next. */
function Acts({ state }: { state: UpdateState }) {
	const { t } = useTranslation('settings');
	const [isAsking, setAsking] = useState(false);
	const act = (label: string, does: () => Promise<void>) => (
		<Button variant="outlined" color="inherit" size="small" onClick={() => does().catch(notifyError)}>
			{label}
		</Button>
	);
	switch (state.kind) {
		case 'looking':
		case 'fetching':
			return act(t('updates.stop'), () => client.updates.stop());
		case 'found':
			return act(t('updates.fetch'), () => client.updates.fetch());
		case 'ready':
			return (
				<>
					<Button variant="contained" size="small" onClick={() => setAsking(true)}>
						{t('updates.install')}
					</Button>
					<ConfirmDialog
						open={isAsking}
						title={t('updates.installTitle', { version: state.version })}
						confirmLabel={t('updates.install')}
						onConfirm={() => client.updates.install()}
						onClose={() => setAsking(false)}
					>
						<Typography>{t('updates.installText')}</Typography>
					</ConfirmDialog>
				</>
			);
		case 'leaving':
			return null;
		default:
			return act(t('updates.lookNow'), () => client.updates.look());
	}
}

function Standing({ state }: { state: UpdateState }) {
	const { t } = useTranslation('settings');
	const format = useFormat();
	if (state.kind === 'idle') return null;
	if (state.kind === 'failed') return <ErrorNotice error={state.failure} sx={{ mx: 2, mb: 2 }} />;
	const words: Record<Exclude<UpdateState['kind'], 'idle' | 'failed'>, () => ReactNode> = {
		looking: () => t('updates.looking'),
		newest: () => t('updates.newest'),
		found: () =>
			state.kind === 'found' &&
			(state.sizeBytes === null
				? t('updates.found', { version: state.version })
				: t('updates.foundSized', { version: state.version, size: format.bytes(state.sizeBytes) })),
		fetching: () => state.kind === 'fetching' && t('updates.fetching', { version: state.version, share: format.percent(state.fraction) }),
		ready: () => state.kind === 'ready' && t('updates.ready', { version: state.version }),
		leaving: () => t('updates.leaving'),
	};
	return (
		<Box role="status" sx={{ px: 2, pb: 1.5 }}>
			<Typography sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>{words[state.kind]()}</Typography>
			{state.kind === 'fetching' && <LinearProgress variant="determinate" aria-hidden value={state.fraction * 100} sx={{ mt: 1 }} />}
		</Box>
	);
}

/** The way back, with what it does and what it cannot do. */
function Back({ back }: { back: NonNullable<Updates['back']> }) {
	const { t } = useTranslation('settings');
	const format = useFormat();
	const [isAsking, setAsking] = useState(false);
	return (
		<SectionRow label={t('updates.back', { version: back.version })} help={t('updates.backHelp', { date: format.date(back.at, true) })}>
			{() => (
				<>
					<Button variant="outlined" color="inherit" size="small" onClick={() => setAsking(true)}>
						{t('updates.backAct')}
					</Button>
					<ConfirmDialog
						open={isAsking}
						isDestructive
						title={t('updates.backTitle', { version: back.version, date: format.date(back.at, true) })}
						confirmLabel={t('updates.backAct')}
						onConfirm={() => client.updates.goBack()}
						onClose={() => setAsking(false)}
					>
						<Typography sx={{ mb: 1 }}>{t('updates.backText')}</Typography>
						<Typography>{t(back.hasProgram ? 'updates.backProgram' : 'updates.backNoProgram', { version: back.version })}</Typography>
					</ConfirmDialog>
				</>
			)}
		</SectionRow>
	);
}
