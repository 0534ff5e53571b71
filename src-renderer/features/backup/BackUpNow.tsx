import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '#contract/backup.ts';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { readPath } from '../../ui/readPath.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { BackupJobs } from './BackupJobs.tsx';

/** As the app asks for it (contract). */
const shortestPassword = 8;

/** Writes everything into one file now. */
export function BackUpNow({ state, jobs }: { state: BackupState; jobs: readonly Job[] }) {
	const { t } = useTranslation('backup');
	const format = useFormat();
	const [folder, setFolder] = useState(state.schedule.folder);
	const [withModels, setWithModels] = useState(false);
	const [isSealed, setSealed] = useState(false);
	const [password, setPassword] = useState('');
	const [again, setAgain] = useState('');
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const isSame = again === '' || again === password;
	const isReady =
		readPath(folder) !== '' && (!isSealed || (password.length >= shortestPassword && again === password)) && jobs.every(({ endedAt }) => endedAt !== null);
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		if (!isReady || isBusy) return;
		setBusy(true);
		setError(null);
		try {
			await client.backup.start({ folder: readPath(folder), withModels, password: isSealed ? password : null });
			setPassword('');
			setAgain('');
		} catch (thrown) {
			setError(thrown);
		}
		setBusy(false);
	};
	return (
		<Section title={t('now.title')}>
			<Box component="form" onSubmit={(event) => void submit(event)}>
				<Box sx={{ px: 2, pt: 1.5, pb: 0.5 }}>
					<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('now.text')}</Typography>
					<TextField
						fullWidth
						label={t('now.folder')}
						placeholder={t('now.folderExample')}
						helperText={t('now.folderHelp')}
						value={folder}
						onChange={(event) => setFolder(event.target.value)}
						slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', autoComplete: 'off' } }}
					/>
				</Box>
				<SectionRow label={t('now.models')} help={t('now.modelsHelp', { bytes: format.bytes(state.modelBytes) })}>
					{(labelId) => (
						<Switch checked={withModels} onChange={(_event, checked) => setWithModels(checked)} slotProps={{ input: { 'aria-labelledby': labelId } }} />
					)}
				</SectionRow>
				<SectionRow
					label={t('now.password')}
					help={t('now.passwordHelp')}
					below={
						isSealed && (
							<Box sx={{ display: 'flex', gap: 1, mt: 1, flexWrap: { xs: 'wrap', sm: 'nowrap' } }}>
								<PasswordBox label={t('now.passwordField')} value={password} onChange={setPassword} help={t('now.passwordRule')} />
								<PasswordBox label={t('now.passwordAgain')} value={again} onChange={setAgain} help={isSame ? ' ' : t('now.passwordUnlike')} isWrong={!isSame} />
							</Box>
						)
					}
				>
					{(labelId) => <Switch checked={isSealed} onChange={(_event, checked) => setSealed(checked)} slotProps={{ input: { 'aria-labelledby': labelId } }} />}
				</SectionRow>
				<Box sx={{ px: 2, py: 1.5, display: 'flex', gap: 2, alignItems: 'center', borderTop: 1, borderColor: 'divider' }}>
					<Typography sx={{ flex: 1, color: 'text.secondary' }}>
						{t('now.size', { bytes: format.bytes(state.dataBytes + (withModels ? state.modelBytes : 0)) })}
					</Typography>
					<Button type="submit" variant="contained" disabled={!isReady} loading={isBusy}>
						{t('now.act')}
					</Button>
				</Box>
			</Box>
			<ErrorNotice error={error} sx={{ m: 2, mt: 0 }} onClose={() => setError(null)} />
			<BackupJobs jobs={jobs} />
		</Section>
	);
}

function PasswordBox({
	label,
	value,
	onChange,
	help,
	isWrong = false,
}: {
	label: string;
	value: string;
	onChange: (value: string) => void;
	help: string;
	isWrong?: boolean;
}) {
	return (
		<TextField
			fullWidth
			type="password"
			label={label}
			value={value}
			error={isWrong}
			helperText={help}
			onChange={(event) => onChange(event.target.value)}
			slotProps={{ htmlInput: { autoComplete: 'new-password', dir: 'ltr', maxLength: 1000 } }}
		/>
	);
}
