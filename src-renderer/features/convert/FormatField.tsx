import { useTranslation } from 'react-i18next';
import type { FormatName } from '#contract/convertOrder.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { formatNames, type KnownFormat } from './formatStore.ts';

interface Props {
	label: string;
	value: FormatName | null;
	/** What the source was found to be, where that is left to be found out. */
	found?: FormatName | null;
	formats: readonly KnownFormat[];
	/** Whether "found out" is among the choices. */
	isFound?: boolean;
	onChange: (format: FormatName | null) => void;
}

/** Chooses a format; of a source it can be left to be found out, and what was found is shown. */
export function FormatField({ label, value, found = null, formats, isFound = false, onChange }: Props) {
	const { t } = useTranslation('convert');
	const foundOut = found === null ? t('formats.findOut') : t('formats.found', { format: formatNames[found] });
	return (
		<SelectField
			label={label}
			value={value ?? ''}
			options={[...(isFound ? [''] : []), ...formats.map(({ name }) => name)]}
			name={(name) => (name === '' ? foundOut : (formatNames[name as FormatName] ?? name))}
			onChange={(name) => onChange(formats.find((format) => format.name === name)?.name ?? null)}
		/>
	);
}
