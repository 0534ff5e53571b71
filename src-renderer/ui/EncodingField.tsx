import { useTranslation } from 'react-i18next';
import { SelectField } from './SelectField.tsx';
import { withFound } from './withFound.ts';

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252', 'windows-1250', 'windows-1251'];

/** The encoding that a file was read in, and the choice of another. */
export function EncodingField({ found, onChange }: { found: string; onChange: (encoding: string) => void }) {
	const { t } = useTranslation('ui');
	return (
		<SelectField
			label={t('reading.encoding')}
			value={found}
			options={withFound(encodings, found)}
			name={(encoding) => encoding.toUpperCase()}
			onChange={onChange}
		/>
	);
}
