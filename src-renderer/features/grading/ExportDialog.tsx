import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostInFile, type SheetForm, sheetForm } from '#contract/classReport.ts';
import type { Assignment } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { nameLanguage } from './languageNames.ts';
import { PrintNotice } from './PrintNotice.tsx';
import { UnsettledWords } from './UnsettledWords.tsx';

const tables: readonly SheetForm[] = ['xlsx', 'csv', 'json'];
const feedback: readonly SheetForm[] = ['pdf', 'docx', 'pdfZip', 'docxZip'];
/** From here on, feedback sheets take minutes. */
const manyStudents = 300;

/** What is given out of a class: its marks as a table, or feedback for its students; with or without what nobody has accepted. */
export function ExportDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
	const { t, i18n } = useTranslation('grading');
	const format = useFormat();
	const [form, setForm] = useState<SheetForm>('xlsx');
	const { feedbackLanguage } = assignment;
	const [language, setLanguage] = useState<'en' | 'zh'>(() => wordsFor(feedbackLanguage, i18n.language));
	/** Null: what is usual for the form. */
	const [chosen, setChosen] = useState<boolean | null>(null);
	const { save, stop, isBusy, error } = useSaving(onClose);
	const isFeedback = feedback.includes(form);
	// Nothing is final before a teacher has accepted it; as long as nothing is, a table of marks would be empty.
	const withProposals = chosen ?? (!isFeedback && assignment.counts.marked === 0);
	const counting = withProposals ? 'all' : 'settled';
	const close = () => {
		stop();
		onClose();
	};
	const choices = (forms: readonly SheetForm[]) =>
		forms.map((name) => <FormControlLabel key={name} value={name} control={<Radio size="small" />} label={t(`export.forms.${name}`)} sx={{ mr: 0 }} />);
	return (
		<Dialog open onClose={close} aria-labelledby="export-title" maxWidth="sm" fullWidth>
			<DialogTitle id="export-title">{t('export.title')}</DialogTitle>
			<DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
				<RadioGroup
					aria-label={t('export.form')}
					value={form}
					onChange={(_event, value) => setForm(sheetForm.parse(value))}
					sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, columnGap: 3, rowGap: 1 }}
				>
					<Box sx={{ display: 'flex', flexDirection: 'column' }}>
						<Typography variant="h2">{t('export.marks')}</Typography>
						{choices(tables)}
					</Box>
					<Box sx={{ display: 'flex', flexDirection: 'column' }}>
						<Typography variant="h2">{t('export.feedback')}</Typography>
						{choices(feedback)}
					</Box>
				</RadioGroup>
				<Typography variant="caption" sx={{ color: 'text.secondary', minHeight: 36 }}>
					{t(`export.help.${form}`)}
					{(form === 'pdf' || form === 'docx') && assignment.counts.students > mostInFile && ` ${t('export.inParts', { students: format.number(mostInFile) })}`}
				</Typography>
				<Box sx={{ width: 220, '& > *': { width: 1 } }}>
					<SelectField
						label={t('export.language')}
						value={language}
						options={['en', 'zh']}
						name={(option) => t(`fields.languages.${option === 'zh' ? 'zh' : 'en'}`)}
						onChange={(option) => setLanguage(option === 'zh' ? 'zh' : 'en')}
					/>
				</Box>
				{isFeedback && feedbackLanguage !== 'auto' && feedbackLanguage !== language && (
					<Typography variant="caption" sx={{ color: 'text.secondary', mt: -1 }}>
						{t('export.languageHelp', { language: nameLanguage(feedbackLanguage, i18n.language) })}
					</Typography>
				)}
				<Box>
					<FormControlLabel
						control={<Checkbox size="small" checked={withProposals} onChange={(_event, isOn) => setChosen(isOn)} />}
						label={t('export.withProposals')}
					/>
					<Typography variant="caption" component="p" sx={{ color: withProposals && isFeedback ? 'warning.main' : 'text.secondary', m: 0, minHeight: 18 }}>
						<UnsettledWords assignmentId={assignment.id} withProposals={withProposals} />
					</Typography>
				</Box>
				{(form === 'pdf' || form === 'pdfZip') && (
					<PrintNotice
						assignmentId={assignment.id}
						counting={counting}
						students={assignment.counts.students}
						onWord={() => setForm(form === 'pdf' ? 'docx' : 'docxZip')}
					/>
				)}
				{isFeedback && assignment.counts.students > manyStudents && (
					<Alert severity="info" variant="outlined">
						{t('export.many', { students: format.number(assignment.counts.students) })}
					</Alert>
				)}
				<ErrorNotice error={error} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={close}>
					{t('mark.cancel')}
				</Button>
				<Button variant="contained" loading={isBusy} onClick={() => save({ assignmentId: assignment.id, form, language, counting })}>
					{t('export.save')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}

/** The language of the headings: that of the feedback where sheets have words in it, else the reader's. */
function wordsFor(feedbackLanguage: Assignment['feedbackLanguage'], reader: string): 'en' | 'zh' {
	const wanted = feedbackLanguage === 'auto' ? reader : feedbackLanguage;
	if (wanted === 'en' || wanted === 'zh') return wanted;
	return reader === 'zh' || wanted === 'zh-Hant' ? 'zh' : 'en';
}

/** Has the file written and hands it to the reader; what takes long can be stopped, and ends with the dialog. */
function useSaving(onDone: () => void) {
	const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: null });
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);
	const stop = () => running.current?.abort();
	const save = (order: Parameters<typeof client.grading.export>[0]) => {
		const own = new AbortController();
		running.current = own;
		setState({ isBusy: true, error: null });
		client.grading.export(order, { signal: own.signal }).then(
			({ fileName, file }) => {
				if (own.signal.aborted) return;
				saveFile(fileName, file);
				onDone();
			},
			(error: unknown) => own.signal.aborted || setState({ isBusy: false, error }),
		);
	};
	return { save, stop, ...state };
}
