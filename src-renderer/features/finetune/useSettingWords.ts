import { useTranslation } from 'react-i18next';
import type { RunSettings } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';

/** A setting's value as people read it. */
export function useSettingWords(): (name: keyof RunSettings, settings: RunSettings) => string {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	return (name, settings) => {
		const value = settings[name];
		if (name === 'patience' && value === null) return t('settings.never');
		if (name === 'threads' && value === null) return t('settings.asEngine');
		if (name === 'computeOn') return t(`settings.computeOn.${settings.computeOn}`);
		if (Array.isArray(value)) return value.join(' · ');
		if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no');
		if (typeof value !== 'number') return '';
		// A seed is no amount.
		if (name === 'seed') return String(value);
		// A learning rate has its figures far behind the point.
		return format.number(value, name === 'learningRate' ? 12 : 4);
	};
}
