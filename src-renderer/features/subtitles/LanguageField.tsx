import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/SelectField.tsx';
import { withFound } from '../../ui/withFound.ts';
import { languages, nameLanguage } from './languages.ts';

interface Props {
	label: string;
	/** Null: as the file has it. */
	value: string | null;
	/** What "no language said" is called, where that may be chosen. */
	none?: string;
	onChange: (tag: string | null) => void;
}

/** A language, chosen by its name in the reader's own. */
export function LanguageField({ label, value, none, onChange }: Props) {
	const { i18n } = useTranslation();
	const options = value === null ? [...languages] : withFound(languages, value);
	return (
		<SelectField
			label={label}
			value={value ?? ''}
			options={none === undefined ? options : ['', ...options]}
			name={(tag) => (tag === '' ? (none ?? '') : nameLanguage(tag, i18n.language))}
			onChange={(tag) => onChange(tag === '' ? null : tag)}
		/>
	);
}
