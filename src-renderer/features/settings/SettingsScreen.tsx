import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { useSettings } from './settingsStore.ts';

/** The settings: how Homeroom looks and speaks, how the engine runs, where the data lies, and what this program is. */
export function SettingsScreen() {
	const { t } = useTranslation('settings');
	const { t: ui } = useTranslation('ui');
	const { settings, error, load, clearError } = useSettings();
	return (
		<Page title={t('title')} width="reading">
			<ErrorNotice error={error} sx={{ mb: 2 }} {...(settings ? { onClose: clearError } : { action: { label: ui('again'), onClick: () => void load() } })} />
			{settings && (
				<>
					<Appearance />
					<EngineSettings />
					<DataFolder />
					{bridge() === null && <Session />}
					<About />
				</>
			)}
		</Page>
	);
}

function Appearance() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<Section title={t('appearance.title')}>
			<Row label={t('language.label')}>
				{(labelId) => (
					<Choice
						labelId={labelId}
						value={settings.language}
						onChange={(language) => void change({ language })}
						options={{ system: t('language.system'), en: 'English', zh: '中文' }}
					/>
				)}
			</Row>
			<Row label={t('theme.label')}>
				{(labelId) => (
					<Choice
						labelId={labelId}
						value={settings.theme}
						onChange={(theme) => void change({ theme })}
						options={{ system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') }}
					/>
				)}
			</Row>
		</Section>
	);
}

function EngineSettings() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<Section title={t('engine.title')}>
			<Row label={t('threads.label')} help={t('threads.help')}>
				{(labelId) => (
					<NumberSetting
						labelId={labelId}
						value={settings.engineThreads}
						most={256}
						emptyLabel={t('threads.auto')}
						onChange={(engineThreads) => void change({ engineThreads })}
					/>
				)}
			</Row>
			<Row label={t('idle.label')} help={t('idle.help')}>
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
			</Row>
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

/** The browser's session, and its end; the desktop window has none. */
function Session() {
	const { t } = useTranslation('settings');
	const [isAsking, setAsking] = useState(false);
	return (
		<Section title={t('session.title')}>
			<Row label={t('session.label')} help={t('session.help')}>
				{() => (
					<Button variant="outlined" color="inherit" size="small" onClick={() => setAsking(true)}>
						{t('session.end')}
					</Button>
				)}
			</Row>
			<ConfirmDialog
				open={isAsking}
				title={t('session.askTitle')}
				confirmLabel={t('session.end')}
				onConfirm={() => client.accounts.signOut()}
				onClose={() => setAsking(false)}
			>
				<Typography>{t('session.ask')}</Typography>
			</ConfirmDialog>
		</Section>
	);
}

function About() {
	const { t } = useTranslation('settings');
	const info = useSettings((state) => state.info);
	return (
		<Section title={t('about.title')}>
			<Row label={t('about.version')}>{() => <Typography>{info?.version}</Typography>}</Row>
			<Row label={t('about.host')}>{() => <Typography>{info && t(`about.${info.host}`)}</Typography>}</Row>
			<Row label={t('about.licence')}>{() => <Typography>{t('about.licenceName')}</Typography>}</Row>
			<Box sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'divider' }}>
				<Typography sx={{ color: 'text.secondary' }}>{t('about.text')}</Typography>
			</Box>
		</Section>
	);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
	const id = useId();
	return (
		<Box component="section" aria-labelledby={id} sx={{ mb: 3 }}>
			<Typography id={id} variant="h2" sx={{ mb: 1 }}>
				{title}
			</Typography>
			<Paper variant="outlined">{children}</Paper>
		</Box>
	);
}

function Row({ label, help, children }: { label: string; help?: string; children: (labelId: string) => ReactNode }) {
	const id = useId();
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 3, px: 2, py: 1.5, minHeight: 56, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography id={id}>{label}</Typography>
				{help && (
					<Typography variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>
						{help}
					</Typography>
				)}
			</Box>
			<Box sx={{ flex: 'none' }}>{children(id)}</Box>
		</Box>
	);
}

interface ChoiceProps<Value extends string> {
	labelId: string;
	value: Value;
	options: Record<Value, string>;
	onChange: (value: Value) => void;
}

function Choice<Value extends string>({ labelId, value, options, onChange }: ChoiceProps<Value>) {
	return (
		<ToggleButtonGroup
			exclusive
			size="small"
			aria-labelledby={labelId}
			value={value}
			onChange={(_event, chosen: Value | null) => {
				if (chosen !== null) onChange(chosen);
			}}
		>
			{Object.entries<string>(options).map(([key, name]) => (
				<ToggleButton key={key} value={key}>
					{name}
				</ToggleButton>
			))}
		</ToggleButtonGroup>
	);
}
