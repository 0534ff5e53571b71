import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSchedule, BackupState } from '#contract/backup.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { readPath } from '../../ui/readPath.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { useBackup } from './backupStore.ts';

const counts = [1, 2, 3, 5, 7, 10, 14, 30, 60, 90, 180, 365];

/** Backups that are made by themselves, and when the last one was. */
export function RegularBackups({ state }: { state: BackupState }) {
	const { t } = useTranslation('backup');
	const setSchedule = useBackup((store) => store.setSchedule);
	const [draft, setDraft] = useState<BackupSchedule>(state.schedule);
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const wished = { ...draft, folder: readPath(draft.folder) };
	const isNew = JSON.stringify(wished) !== JSON.stringify(state.schedule);
	const isReady = isNew && (wished.every === 'never' || wished.folder !== '');
	const change = (changes: Partial<BackupSchedule>) => setDraft({ ...draft, ...changes });
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		if (!isReady) return;
		setBusy(true);
		setError(null);
		try {
			await setSchedule(wished);
			// As the app keeps it, links followed.
			setDraft(useBackup.getState().state?.schedule ?? wished);
		} catch (thrown) {
			setError(thrown);
		}
		setBusy(false);
	};
	return (
		<Section title={t('regular.title')}>
			<Box component="form" onSubmit={(event) => void submit(event)}>
				<SectionRow label={t('regular.every')} help={t('regular.everyHelp')}>
					{(labelId) => (
						<TextField
							select
							value={draft.every}
							onChange={(event) => change({ every: event.target.value as BackupSchedule['every'] })}
							sx={{ width: 160 }}
							slotProps={{ select: { SelectDisplayProps: { 'aria-labelledby': labelId } } }}
						>
							{(['never', 'day', 'week'] as const).map((every) => (
								<MenuItem key={every} value={every}>
									{t(`regular.${every}`)}
								</MenuItem>
							))}
						</TextField>
					)}
				</SectionRow>
				{draft.every !== 'never' && (
					<>
						<SectionRow
							label={t('regular.folder')}
							help={t('regular.folderHelp')}
							below={
								<TextField
									fullWidth
									placeholder={t('now.folderExample')}
									value={draft.folder}
									onChange={(event) => change({ folder: event.target.value })}
									sx={{ mt: 1 }}
									slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', autoComplete: 'off', 'aria-label': t('regular.folder') } }}
								/>
							}
						/>
						<SectionRow label={t('regular.keep')} help={t('regular.keepHelp')}>
							{(labelId) => (
								<TextField
									select
									value={draft.keep}
									onChange={(event) => change({ keep: Number(event.target.value) })}
									sx={{ width: 88 }}
									slotProps={{ select: { SelectDisplayProps: { 'aria-labelledby': labelId } } }}
								>
									{[...new Set([...counts, draft.keep])]
										.sort((a, b) => a - b)
										.map((count) => (
											<MenuItem key={count} value={count}>
												{count}
											</MenuItem>
										))}
								</TextField>
							)}
						</SectionRow>
						<SectionRow label={t('now.models')}>
							{(labelId) => (
								<Switch
									checked={draft.withModels}
									onChange={(_event, withModels) => change({ withModels })}
									slotProps={{ input: { 'aria-labelledby': labelId } }}
								/>
							)}
						</SectionRow>
					</>
				)}
				<Box sx={{ px: 2, py: 1.5, display: 'flex', gap: 2, alignItems: 'center', borderTop: 1, borderColor: 'divider' }}>
					<Figures state={state} />
					<Button type="submit" variant="outlined" color="inherit" disabled={!isReady} loading={isBusy}>
						{t('regular.act')}
					</Button>
				</Box>
			</Box>
			<ErrorNotice error={error} sx={{ m: 2, mt: 0 }} onClose={() => setError(null)} />
		</Section>
	);
}

function Figures({ state: { last, nextAt, schedule } }: { state: BackupState }) {
	const { t } = useTranslation('backup');
	const format = useFormat();
	const said = [
		last && t('regular.last', { at: format.date(last.at, true), bytes: format.bytes(last.sizeBytes) }),
		schedule.every !== 'never' && last === null && t('regular.noneYet'),
		nextAt !== null && last !== null && t('regular.next', { at: format.date(nextAt, true) }),
	];
	return <Typography sx={{ flex: 1, color: 'text.secondary' }}>{said.filter(Boolean).join(' ')}</Typography>;
}
