import AirplaneIcon from '@mui/icons-material/AirplanemodeActive';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultSettings } from '#contract/settings.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { AccessToken } from './AccessToken.tsx';
import { AddressSetting } from './AddressSetting.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { ProxySetting } from './ProxySetting.tsx';
import { useSettings } from './settingsStore.ts';

/** Bytes in the unit that the bandwidth is shown in, MiB. */
const mebibyte = 2 ** 20;
const mostAtOnce = [1, 2, 3, 4, 5, 6, 7, 8];

/** What leaves this machine, which way and how fast; for administrators. */
export function NetworkSettings() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<Section title={t('network.title')}>
			<OfflineSwitch isOffline={settings.offline} onChange={(offline) => void change({ offline })} />
			<SectionRow
				label={t('hub.label')}
				help={t('hub.help')}
				below={
					<AddressSetting
						ariaLabel={t('hub.label')}
						value={settings.hubEndpoint}
						standard={defaultSettings.hubEndpoint}
						testOf="huggingface"
						onChange={(hubEndpoint) => change({ hubEndpoint })}
					/>
				}
			/>
			<AccessToken />
			<SectionRow
				label={t('registry.label')}
				help={t('registry.help')}
				below={
					<AddressSetting
						ariaLabel={t('registry.label')}
						value={settings.registryEndpoint}
						standard={defaultSettings.registryEndpoint}
						testOf="ollama"
						onChange={(registryEndpoint) => change({ registryEndpoint })}
					/>
				}
			/>
			<ProxySetting value={settings.proxy} onChange={(proxy) => change({ proxy })} />
			<SectionRow label={t('atOnce.label')} help={t('atOnce.help')}>
				{(labelId) => (
					<TextField
						select
						value={settings.downloadsAtOnce}
						onChange={(event) => void change({ downloadsAtOnce: Number(event.target.value) })}
						sx={{ width: 88 }}
						slotProps={{ select: { SelectDisplayProps: { 'aria-labelledby': labelId } } }}
					>
						{mostAtOnce.map((count) => (
							<MenuItem key={count} value={count}>
								{count}
							</MenuItem>
						))}
					</TextField>
				)}
			</SectionRow>
			<SectionRow label={t('bandwidth.label')} help={t('bandwidth.help')}>
				{(labelId) => (
					<NumberSetting
						labelId={labelId}
						value={settings.downloadBytesPerSecond === null ? null : Math.round((settings.downloadBytesPerSecond / mebibyte) * 100) / 100}
						least={0.02}
						most={10_000}
						isFractional
						unit={t('bandwidth.unit')}
						emptyLabel={t('bandwidth.none')}
						onChange={(value) => void change({ downloadBytesPerSecond: value === null ? null : Math.round(value * mebibyte) })}
					/>
				)}
			</SectionRow>
		</Section>
	);
}

/** The one switch that keeps everything on this machine; it stands out while it is on. */
function OfflineSwitch({ isOffline, onChange }: { isOffline: boolean; onChange: (isOffline: boolean) => void }) {
	const { t } = useTranslation('settings');
	const id = useId();
	return (
		<Box
			sx={{
				display: 'flex',
				alignItems: 'center',
				gap: 2,
				px: 2,
				py: 2,
				borderBottom: 1,
				borderColor: 'divider',
				bgcolor: isOffline ? 'action.selected' : 'transparent',
			}}
		>
			<AirplaneIcon sx={{ color: isOffline ? 'primary.main' : 'text.secondary' }} />
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography id={id} sx={{ fontWeight: 600 }}>
					{t('offline.label')}
				</Typography>
				<Typography sx={{ color: 'text.secondary' }}>{isOffline ? t('offline.on') : t('offline.off')}</Typography>
			</Box>
			<Switch checked={isOffline} onChange={(_event, checked) => onChange(checked)} slotProps={{ input: { 'aria-labelledby': id } }} />
		</Box>
	);
}
