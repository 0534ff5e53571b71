import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { LanguageField } from './LanguageField.tsx';
import { likelyTarget } from './languages.ts';
import { setFields, sourceLanguageOf, useNewProject } from './newProjectStore.ts';
import { RulesField } from './RulesField.tsx';
import { StyleFields } from './StyleFields.tsx';
import { useGlossaries } from './useGlossaries.ts';
import { useGlossaryName } from './useGlossaryName.ts';

/** Which glossary it uses: a new one and its name, one that is there, or none. */
function GlossaryFields() {
	const { t } = useTranslation('subtitles');
	const { glossary, glossaryName } = useNewProject();
	const proposedName = useGlossaryName();
	const { glossaries } = useGlossaries();
	return (
		<>
			<SelectField
				label={t('new.glossary')}
				value={glossary}
				options={['new', 'none', ...(glossaries ?? []).map(({ id }) => id)]}
				name={(chosen) => (chosen === 'new' || chosen === 'none' ? t(`new.glossaries.${chosen}`) : (glossaries?.find(({ id }) => id === chosen)?.name ?? ''))}
				onChange={(chosen) => setFields({ glossary: chosen })}
			/>
			{glossary === 'new' && (
				<TextField
					label={t('new.glossaryName')}
					value={glossaryName ?? proposedName}
					onChange={(event) => setFields({ glossaryName: event.target.value })}
					slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
				/>
			)}
		</>
	);
}

/** What the translation is to be: languages, style, reading rules and glossary. Of several files it is asked once. */
export function ProjectForm() {
	const { t, i18n } = useTranslation('subtitles');
	const { files, title, season, sourceLanguage, isSourceChosen, targetLanguage, style, rulesId, error } = useNewProject();
	const target = targetLanguage ?? likelyTarget(i18n.language, sourceLanguage);
	const found = new Set(files.map(sourceLanguageOf));
	const sameLanguage = files.filter((file) => sourceLanguageOf(file) === target).map(({ file }) => file.name);
	return (
		<Paper
			variant="outlined"
			component="section"
			aria-label={t('new.form')}
			sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2, '& .MuiTextField-root': { width: '100%' } }}
		>
			{files.length === 1 && (
				<TextField
					label={t('new.name')}
					value={title}
					onChange={(event) => setFields({ title: event.target.value })}
					slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
				/>
			)}
			<TextField
				label={t('new.season')}
				helperText={t('new.seasonHelp')}
				value={season}
				onChange={(event) => setFields({ season: event.target.value })}
				slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
			/>
			<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2 }}>
				<LanguageField
					label={t('new.sourceLanguage')}
					value={sourceLanguage}
					none={t(!isSourceChosen && found.size > 1 ? 'new.eachItsOwn' : 'new.anyLanguage')}
					onChange={(chosen) => setFields({ sourceLanguage: chosen })}
				/>
				<LanguageField label={t('new.targetLanguage')} value={target} onChange={(chosen) => setFields({ targetLanguage: chosen, rulesId: '' })} />
			</Box>
			{sameLanguage.length > 0 && (
				<Alert severity="warning" variant="outlined">
					{t('new.sameLanguage', { count: sameLanguage.length, names: sameLanguage.slice(0, 5).join(', ') })}
				</Alert>
			)}
			<RulesField value={rulesId} targetLanguage={target} onChange={(chosen) => setFields({ rulesId: chosen })} />
			<GlossaryFields />
			<StyleFields value={style} targetLanguage={target} onChange={(chosen) => setFields({ style: chosen })} />
			<ErrorNotice error={error} />
		</Paper>
	);
}
