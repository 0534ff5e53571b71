import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';

interface Props {
	label: string;
	example: string;
	value: string;
	onChange: (typed: string) => void;
}

/** Where a path on the machine where Homeroom runs is typed. */
export function PathField({ label, example, value, onChange }: Props) {
	const { t } = useTranslation('library');
	return (
		<TextField
			autoFocus
			fullWidth
			label={label}
			placeholder={example}
			helperText={t('add.pathHelp')}
			value={value}
			onChange={(event) => onChange(event.target.value)}
			slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr' } }}
		/>
	);
}
