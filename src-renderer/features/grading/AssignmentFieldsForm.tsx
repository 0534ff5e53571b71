import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssignmentFields } from '#contract/grading.ts';
import { namedLanguages } from './languageNames.ts';
import { useClassNames } from './useClassNames.ts';

interface Props {
	fields: AssignmentFields;
	onChange: (change: Partial<AssignmentFields>) => void;
	/** The title that counts while none is typed. */
	titlePlaceholder: string;
}

/** Whose work it is, how it is called, and how its answers are to be read. Nothing of it is needed. */
export function AssignmentFieldsForm({ fields, onChange, titlePlaceholder }: Props) {
	const { t, i18n } = useTranslation('grading');
	const languages = useMemo(() => namedLanguages(i18n.language), [i18n.language]);
	const classNames = useClassNames();
	const blindHelpId = useId();
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
			<TextField
				label={t('fields.title')}
				placeholder={titlePlaceholder}
				helperText={t('fields.titleHelp')}
				value={fields.title}
				onChange={(event) => onChange({ title: event.target.value })}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 200 }, inputLabel: { shrink: true } }}
			/>
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(184px, 1fr))', gap: 2 }}>
				<Autocomplete
					freeSolo
					options={classNames}
					inputValue={fields.className}
					onInputChange={(_event, className) => onChange({ className })}
					renderInput={(params) => (
						<TextField
							{...params}
							label={t('fields.className')}
							slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, dir: 'auto', maxLength: 100 } }}
						/>
					)}
				/>
				<TextField
					label={t('fields.subject')}
					value={fields.subject}
					onChange={(event) => onChange({ subject: event.target.value })}
					slotProps={{ htmlInput: { dir: 'auto', maxLength: 100 } }}
				/>
				<TextField
					label={t('fields.gradeLevel')}
					value={fields.gradeLevel}
					onChange={(event) => onChange({ gradeLevel: event.target.value })}
					slotProps={{ htmlInput: { dir: 'auto', maxLength: 100 } }}
				/>
				<TextField
					select
					label={t('fields.feedbackLanguage')}
					value={fields.feedbackLanguage}
					onChange={(event) => onChange({ feedbackLanguage: languages.find(({ code }) => code === event.target.value)?.code ?? 'auto' })}
				>
					<MenuItem value="auto">{t('fields.languages.auto')}</MenuItem>
					{languages.map(({ code, name }) => (
						<MenuItem key={code} value={code}>
							{name}
						</MenuItem>
					))}
				</TextField>
			</Box>
			<Box>
				<FormControlLabel
					control={
						<Checkbox
							size="small"
							checked={fields.blind}
							onChange={(_event, blind) => onChange({ blind })}
							slotProps={{ input: { 'aria-describedby': blindHelpId } }}
						/>
					}
					label={t('fields.blind')}
				/>
				<Typography id={blindHelpId} variant="caption" component="div" sx={{ color: 'text.secondary' }}>
					{t('fields.blindHelp')}
				</Typography>
			</Box>
		</Box>
	);
}
