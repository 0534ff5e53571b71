import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { ChosenFile } from '../../ui/ChosenFile.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { excerptOf } from '../../ui/excerptOf.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { isSubtitleName, subtitleEndings } from '../../ui/subtitleEndings.ts';
import { choose, useNewDataset } from './newDatasetStore.ts';
import { languageWord, subtitleLanguages } from './subtitleLanguages.ts';

const languages = Object.keys(subtitleLanguages);

/** Takes the subtitles of films in two languages, and which those are. */
export function SubtitlesSource() {
	const { t, i18n } = useTranslation('finetune');
	const files = useNewDataset((state) => state.subtitles);
	const sourceLanguage = useNewDataset((state) => state.sourceLanguage);
	const targetLanguage = useNewDataset((state) => state.targetLanguage);
	const [notTaken, setNotTaken] = useState<string[]>([]);
	const name = (language: string) => languageWord(language, i18n.language);
	const take = (more: File[]) => {
		const known = new Set(files.map(({ fileName }) => fileName));
		const isSubtitles = (file: File) => isSubtitleName(file.name);
		const fresh = more.filter((file) => isSubtitles(file) && !known.has(file.name));
		setNotTaken(more.filter((file) => !isSubtitles(file)).map((file) => file.name));
		if (fresh.length > 0) choose({ subtitles: [...files, ...fresh.map((file) => ({ file, fileName: file.name }))] });
	};
	return (
		<>
			<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2, mt: 1 }}>
				<SelectField
					label={t('datasets.source.from')}
					value={sourceLanguage}
					options={languages.filter((language) => language !== targetLanguage)}
					name={name}
					onChange={(language) => choose({ sourceLanguage: language })}
				/>
				<SelectField
					label={t('datasets.source.into')}
					value={targetLanguage}
					options={languages.filter((language) => language !== sourceLanguage)}
					name={name}
					onChange={(language) => choose({ targetLanguage: language })}
				/>
			</Box>
			<DropArea onFiles={take}>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
					<Typography sx={{ flex: 1 }}>{t('datasets.source.dropSubtitles')}</Typography>
					<ChooseFiles label={t('datasets.source.chooseMany')} accept={subtitleEndings} isMany onFiles={take} />
				</Box>
				{notTaken.length > 0 && (
					<Alert severity="warning" variant="outlined" sx={{ mt: 1, overflowWrap: 'anywhere' }} onClose={() => setNotTaken([])}>
						{t('datasets.source.notTaken', { count: notTaken.length, names: notTaken.map(excerptOf).join(', ') })}
					</Alert>
				)}
				{files.length > 0 && (
					<Box component="ul" sx={{ m: 0, mt: 1, p: 0, listStyle: 'none', maxHeight: 260, overflow: 'auto' }}>
						{files.map(({ file, fileName }) => (
							<li key={fileName}>
								<ChosenFile
									name={fileName}
									sizeBytes={file.size}
									removeLabel={t('datasets.source.removeNamed', { name: fileName })}
									onRemove={() => choose({ subtitles: files.filter((other) => other.fileName !== fileName) })}
								/>
							</li>
						))}
					</Box>
				)}
			</DropArea>
		</>
	);
}
