import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionRow } from '../../ui/Section.tsx';

interface Props {
	label: string;
	help: string;
	/** What is said of what `read` does not take. */
	wrong: string;
	values: readonly string[];
	placeholder: string;
	/** What is kept of what was typed; null where that is nothing good. */
	read: (typed: string) => string | null;
	onKeep: (values: string[]) => void;
}

/** A list of names: one is typed and added, each can be taken away. */
export function ListSetting({ label, help, wrong, values, placeholder, read, onKeep }: Props) {
	const { t } = useTranslation('gateway');
	const [typed, setTyped] = useState('');
	const [isWrong, setWrong] = useState(false);
	const submit = (event: SubmitEvent) => {
		event.preventDefault();
		const value = read(typed);
		setWrong(value === null);
		if (value === null) return;
		if (!values.includes(value)) onKeep([...values, value]);
		setTyped('');
	};
	return (
		<SectionRow
			label={label}
			help={help}
			below={
				<>
					{values.length > 0 && (
						<Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
							{values.map((value) => (
								<Chip
									key={value}
									label={<span dir="ltr">{value}</span>}
									onDelete={() => onKeep(values.filter((each) => each !== value))}
									aria-label={t('listen.takeAway', { name: value })}
								/>
							))}
						</Box>
					)}
					<Box component="form" onSubmit={submit} sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mt: 1 }}>
						<TextField
							fullWidth
							value={typed}
							placeholder={placeholder}
							error={isWrong}
							helperText={isWrong ? wrong : null}
							onChange={(event) => {
								setTyped(event.target.value);
								setWrong(false);
							}}
							slotProps={{ htmlInput: { 'aria-label': label, dir: 'ltr', spellCheck: false, autoCapitalize: 'none', autoComplete: 'off', maxLength: 300 } }}
						/>
						<Button type="submit" variant="outlined" color="inherit" disabled={typed.trim() === '' || values.length >= 20}>
							{t('listen.add')}
						</Button>
					</Box>
				</>
			}
		/>
	);
}
