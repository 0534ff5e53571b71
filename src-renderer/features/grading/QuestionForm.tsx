import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { CheckField } from './CheckField.tsx';
import { PointsField } from './PointsField.tsx';
import { missingIn, type QuestionDraft } from './questionDraft.ts';

interface Props {
	question: QuestionDraft;
	onChange: (change: (draft: QuestionDraft) => QuestionDraft) => void;
	/** Gives all questions the points of this one; left out where there is no other. */
	onPointsOfAll?: () => void;
}

/** What is asked, what is expected, what it is worth, and who decides what is right. Only the question itself is needed. */
export function QuestionForm({ question, onChange, onPointsOfAll }: Props) {
	const { t } = useTranslation('grading');
	const isWrong = Number.isNaN(question.points) || question.points <= 0;
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
			<TextField
				label={t('fields.question')}
				required
				multiline
				minRows={4}
				maxRows={12}
				value={question.text}
				onChange={(event) => onChange((draft) => ({ ...draft, text: event.target.value }))}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 20_000 } }}
			/>
			<TextField
				label={t('fields.key')}
				helperText={t('fields.keyHelp')}
				multiline
				minRows={3}
				maxRows={12}
				value={question.key}
				onChange={(event) => onChange((draft) => ({ ...draft, key: event.target.value }))}
				slotProps={{ htmlInput: { dir: 'auto', maxLength: 20_000 } }}
			/>
			<Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1.5 }}>
				<Box sx={{ width: 120 }}>
					<PointsField
						label={t('fields.points')}
						value={question.points}
						isWrong={isWrong}
						helperText={isWrong ? t('fields.pointsWrong') : null}
						onChange={(points) => onChange((draft) => ({ ...draft, points }))}
					/>
				</Box>
				{onPointsOfAll && (
					<Button size="small" color="inherit" disabled={isWrong} onClick={onPointsOfAll} sx={{ mt: 0.5 }}>
						{t('fields.pointsOfAll')}
					</Button>
				)}
			</Box>
			<CheckField question={question} onChange={onChange} />
			{missingIn(question) === 'check' && <Box sx={{ typography: 'caption', color: 'warning.main', mt: -1 }}>{t('check.incomplete')}</Box>}
		</Box>
	);
}
