import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { CacheSettings } from './CacheSettings.tsx';
import { Choice } from './Choice.tsx';
import { CrashReports } from './CrashReports.tsx';
import { Licences } from './Licences.tsx';
import { NetworkSettings } from './NetworkSettings.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { useSettings } from './settingsStore.ts';
import { TellEnds } from './TellEnds.tsx';
import { UpdateSettings } from './UpdateSettings.tsx';

/** The settings: how Homeroom looks and speaks, and, for administrators, what leaves this machine, how the engine runs, and where the data lies. */
export function SettingsScreen() {
	const { t } = useTranslation('settings');
	const { t: ui } = useTranslation('ui');
	const { settings, error, load, clearError } = useSettings();
	const mayChangeMachine = useMay('admin');
	return (
		<Page title={t('title')} width="reading">
			<ErrorNotice error={error} sx={{ mb: 2 }} {...(settings ? { onClose: clearError } : { action: { label: ui('again'), onClick: () => void load() } })} />
			{settings && (
				<>
					<Appearance />
					{mayChangeMachine && (
						<>
							<NetworkSettings />
							<EngineSettings />
							<AccountSettings />
						</>
					)}
					<CacheSettings />
					{mayChangeMachine && <DataFolder />}
					{mayChangeMachine && <CrashReports />}
					{mayChangeMachine && <UpdateSettings />}
					<About />
				</>
			)}
		</Page>
	);
}

function Appearance() {
	const { t } = useTranslation('settings');
	const navigate = useNavigate();
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<Section title={t('appearance.title')}>
			<SectionRow label={t('language.label')}>
				{(labelId) => (
					<Choice
						labelId={labelId}
						value={settings.language}
						onChange={(language) => void change({ language })}
						options={{ system: t('language.system'), en: 'English', zh: '中文' }}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('theme.label')}>
				{(labelId) => (
					<Choice
						labelId={labelId}
						value={settings.theme}
						onChange={(theme) => void change({ theme })}
						options={{ system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') }}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('firstSteps.label')} help={t('firstSteps.help')}>
				{() => (
					<Button variant="outlined" color="inherit" size="small" onClick={() => void change({ firstSteps: 'shown' }).then(() => navigate('/'))}>
						{t('firstSteps.show')}
					</Button>
				)}
			</SectionRow>
			<TellEnds />
		</Section>
	);
}

function EngineSettings() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<Section title={t('engine.title')}>
			<SectionRow label={t('threads.label')} help={t('threads.help')}>
				{(labelId) => (
					<NumberSetting
						labelId={labelId}
						value={settings.engineThreads}
						most={256}
						emptyLabel={t('threads.auto')}
						onChange={(engineThreads) => void change({ engineThreads })}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('idle.label')} help={t('idle.help')}>
				{(labelId) => (
					<NumberSetting
						labelId={labelId}
						value={settings.idleUnloadMinutes}
						most={1440}
						unit={t('idle.unit')}
						emptyLabel={t('idle.never')}
						onChange={(idleUnloadMinutes) => void change({ idleUnloadMinutes })}
					/>
				)}
			</SectionRow>
		</Section>
	);
}

/** What strangers may do to become people of this machine. */
function AccountSettings() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<Section title={t('accounts.title')}>
			<SectionRow label={t('registration.label')} help={t('registration.help')}>
				{(labelId) => (
					<Switch
						checked={settings.openRegistration}
						onChange={(_event, openRegistration) => void change({ openRegistration })}
						slotProps={{ input: { 'aria-labelledby': labelId } }}
					/>
				)}
			</SectionRow>
		</Section>
	);
}

function DataFolder() {
	const { t } = useTranslation('settings');
	const info = useSettings((state) => state.info);
	return (
		<Section title={t('data.title')}>
			<Box sx={{ px: 2, py: 1.5 }}>
				<Typography sx={{ color: 'text.secondary', mb: 1 }}>{t('data.text')}</Typography>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
					<Typography
						component="code"
						dir="ltr"
						sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere', px: 1, py: 0.5, borderRadius: 1, bgcolor: 'surface.sunken' }}
					>
						{info?.dataFolder}
					</Typography>
					<CopyButton text={info?.dataFolder ?? ''} label={t('data.copy')} />
					{bridge() !== null && (
						<Button variant="outlined" color="inherit" size="small" onClick={() => client.system.showDataFolder().catch(notifyError)}>
							{t('data.open')}
						</Button>
					)}
				</Box>
			</Box>
		</Section>
	);
}

function About() {
	const { t } = useTranslation('settings');
	const [showsLicences, setShowsLicences] = useState(false);
	const info = useSettings((state) => state.info);
	return (
		<Section title={t('about.title')}>
			<SectionRow label={t('about.version')}>{() => <Typography>{info?.version}</Typography>}</SectionRow>
			<SectionRow label={t('about.host')}>{() => <Typography>{info && t(`about.${info.host}`)}</Typography>}</SectionRow>
			<SectionRow label={t('about.licence')}>{() => <Typography>{t('about.licenceName')}</Typography>}</SectionRow>
			<SectionRow label={t('about.others')}>
				{() => (
					<Button variant="outlined" color="inherit" size="small" onClick={() => setShowsLicences(true)}>
						{t('licences.show')}
					</Button>
				)}
			</SectionRow>
			{showsLicences && <Licences onClose={() => setShowsLicences(false)} />}
			<Box sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'divider' }}>
				<Typography sx={{ color: 'text.secondary' }}>{t('about.text')}</Typography>
			</Box>
		</Section>
	);
}
