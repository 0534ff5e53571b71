import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewaySettings } from '#contract/gateway.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { useGateway } from './gatewayStore.ts';
import { ListSetting } from './ListSetting.tsx';
import { readHost, readOrigin } from './readNames.ts';
import { TypedSetting } from './TypedSetting.tsx';

const loopback = ['127.0.0.1', '::1'];
const everyAddress = '0.0.0.0';

interface Props {
	settings: GatewaySettings;
	machineAddresses: readonly string[];
	/** The certificate is one that Homeroom made. */
	isSelfMade: boolean;
}

/** Where the gateway listens, under which names, and which web pages may use it. */
export function ListenSection({ settings, machineAddresses, isSelfMade }: Props) {
	const { t } = useTranslation('gateway');
	const { change } = useGateway();
	const [asked, setAsked] = useState<string | null>(null);
	const addresses = [...new Set([...loopback, ...machineAddresses, everyAddress, settings.address])];
	const choose = (address: string) => (loopback.includes(address) ? void change({ address }) : setAsked(address));
	const nameOf = (address: string) => (loopback.includes(address) ? t('listen.here', { address }) : address === everyAddress ? t('listen.every') : address);
	return (
		<Section title={t('listen.title')}>
			<SectionRow label={t('listen.address')} help={t('listen.addressHelp')}>
				{(labelId) => (
					<TextField
						select
						value={settings.address}
						onChange={(event) => choose(event.target.value)}
						sx={{ minWidth: 260 }}
						slotProps={{ select: { SelectDisplayProps: { 'aria-labelledby': labelId } } }}
					>
						{addresses.map((address) => (
							<MenuItem key={address} value={address}>
								{nameOf(address)}
							</MenuItem>
						))}
					</TextField>
				)}
			</SectionRow>
			<SectionRow label={t('listen.port')} help={t('listen.portHelp')}>
				{(labelId) => (
					<TypedSetting
						labelId={labelId}
						value={String(settings.port)}
						wrong={t('listen.portWrong')}
						isGood={(text) => /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= 65_535}
						onKeep={(text) => void change({ port: Number(text) })}
					/>
				)}
			</SectionRow>
			<ListSetting
				label={t('listen.hosts')}
				help={`${t('listen.hostsHelp')}${isSelfMade ? t('listen.hostsCertificate') : ''}`}
				wrong={t('listen.hostsWrong')}
				values={settings.hosts}
				placeholder="homeroom.school.example"
				read={readHost}
				onKeep={(hosts) => void change({ hosts })}
			/>
			<ListSetting
				label={t('listen.origins')}
				help={t('listen.originsHelp')}
				wrong={t('listen.originsWrong')}
				values={settings.origins}
				placeholder="https://lms.school.example"
				read={readOrigin}
				onKeep={(origins) => void change({ origins })}
			/>
			<ConfirmDialog
				open={asked !== null}
				title={t('listen.openTitle')}
				confirmLabel={t('listen.open')}
				onConfirm={async () => {
					if (asked !== null) await change({ address: asked }, true);
				}}
				onClose={() => setAsked(null)}
			>
				<Typography>{t('listen.openText')}</Typography>
			</ConfirmDialog>
		</Section>
	);
}
