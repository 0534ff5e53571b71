import { useTranslation } from 'react-i18next';
import { SelectField } from './SelectField.tsx';
import { withFound } from './withFound.ts';

const delimiters = [',', ';', '\t', '|'];
const names: Record<string, 'comma' | 'semicolon' | 'tab' | 'bar'> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** What was found to separate the cells of a table, and the choice of something else. */
export function DelimiterField({ found, onChange }: { found: string; onChange: (delimiter: string) => void }) {
	const { t } = useTranslation('ui');
	return (
		<SelectField
			label={t('reading.delimiter')}
			value={found}
			options={withFound(delimiters, found)}
			name={(delimiter) => {
				const known = names[delimiter];
				return known ? t(`reading.delimiters.${known}`) : delimiter;
			}}
			onChange={onChange}
		/>
	);
}
