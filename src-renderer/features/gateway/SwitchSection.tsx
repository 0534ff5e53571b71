import Box from '@mui/material/Box';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { GatewayState } from '#contract/gateway.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useGateway } from './gatewayStore.ts';

const tones = { off: 'quiet', opening: 'busy', open: 'good', failed: 'bad' } as const;

/** Switches the gateway on and off, and tells where it really is. */
export function SwitchSection({ state: { settings, state, origin, failure } }: { state: GatewayState }) {
	const { t } = useTranslation('gateway');
	const { change, isChanging } = useGateway();
	return (
		<Section title={t('switch.title')}>
			<SectionRow label={t('switch.label')} help={t('switch.help')}>
				{(labelId) => (
					<Switch
						checked={settings.isOn}
						disabled={isChanging}
						onChange={(_event, isOn) => void change({ isOn })}
						slotProps={{ input: { 'aria-labelledby': labelId } }}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('switch.state')} below={failure && <ErrorNotice error={failure} sx={{ mt: 1 }} />}>
				{() => <StateLabel tone={tones[state]} label={t(`state.${state}`)} />}
			</SectionRow>
			{origin !== null && (
				<SectionRow label={t('switch.address')} help={t('switch.addressHelp')}>
					{() => (
						<Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
							<Typography component="code" dir="ltr" sx={{ fontFamily: 'monospace' }}>
								{origin}/v1
							</Typography>
							<CopyButton text={`${origin}/v1`} />
						</Box>
					)}
				</SectionRow>
			)}
		</Section>
	);
}
