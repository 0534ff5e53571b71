import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionRow } from '../../ui/Section.tsx';
import { AddressSetting } from './AddressSetting.tsx';
import { Choice } from './Choice.tsx';

/** Which proxy is used: the environment's, none, or one by its address. */
export function ProxySetting({ value, onChange }: { value: string; onChange: (value: string) => Promise<void> }) {
	const { t } = useTranslation('settings');
	const kept = value === 'system' || value === 'none' ? value : 'address';
	const [isAsking, setAsking] = useState(false);
	const shown = isAsking ? 'address' : kept;
	return (
		<SectionRow
			label={t('proxy.label')}
			help={t('proxy.help')}
			below={
				shown === 'address' && (
					<AddressSetting
						ariaLabel={t('proxy.addressLabel')}
						value={kept === 'address' ? value : ''}
						placeholder="http://proxy.school:3128"
						onChange={(address) => {
							setAsking(false);
							return onChange(address);
						}}
					/>
				)
			}
		>
			{(labelId) => (
				<Choice
					labelId={labelId}
					value={shown}
					onChange={(chosen) => {
						// An address counts once it is typed.
						setAsking(chosen === 'address');
						if (chosen !== 'address') void onChange(chosen);
					}}
					options={{ system: t('proxy.system'), none: t('proxy.none'), address: t('proxy.address') }}
				/>
			)}
		</SectionRow>
	);
}
