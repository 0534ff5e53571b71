import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import type { AssignmentFields } from '#contract/grading.ts';

const languages = ['auto', 'en', 'zh'] as const;

interface Props {
	fields: AssignmentFields;
	onChange: (change: Partial<AssignmentFields>) => void;
	/** The title that counts while none is typed. */
	titlePlaceholder: string;
}

/** What the class was asked and how the answers are to be read. Only the question is needed. */
export function AssignmentFieldsForm({ fields, onChange, titlePlaceholder }: Props) {
	const { t } = useTranslation('grading');
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
			<TextField
				label={t('fields.question')}
				required
				multiline
				minRows={4}
				maxRows={12}
				value={fields.question}
				onChange={(event) => onChange({ question: event.target.value })}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 20_000 } }}
			/>
			<TextField
				label={t('fields.key')}
				helperText={t('fields.keyHelp')}
				multiline
				minRows={3}
				maxRows={12}
				value={fields.key}
				onChange={(event) => onChange({ key: event.target.value })}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 20_000 } }}
			/>
			<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2 }}>
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
			</Box>
			<TextField
				select
				label={t('fields.feedbackLanguage')}
				value={fields.feedbackLanguage}
				onChange={(event) => onChange({ feedbackLanguage: languages.find((language) => language === event.target.value) ?? 'auto' })}
			>
				{languages.map((language) => (
					<MenuItem key={language} value={language}>
						{t(`fields.languages.${language}`)}
					</MenuItem>
				))}
			</TextField>
			<TextField
				label={t('fields.title')}
				placeholder={titlePlaceholder}
				helperText={t('fields.titleHelp')}
				value={fields.title}
				onChange={(event) => onChange({ title: event.target.value })}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 200 }, inputLabel: { shrink: true } }}
			/>
		</Box>
	);
}
