import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { ChosenFile } from '../../ui/ChosenFile.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { PastedText } from '../../ui/PastedText.tsx';
import { setFile, useNewDataset } from './newDatasetStore.ts';

/** Takes a file of examples that is dropped or chosen, or text that is pasted. */
export function FileSource() {
	const { t } = useTranslation('finetune');
	const file = useNewDataset((state) => state.file);
	return (
		<DropArea onFiles={takeFile}>
			{file !== null && 'file' in file ? (
				<ChosenFile name={file.fileName} sizeBytes={file.file.size} removeLabel={t('datasets.source.remove')} onRemove={() => setFile(null)} />
			) : (
				<>
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1.5 }}>
						<Typography sx={{ flex: 1 }}>{t('datasets.source.drop')}</Typography>
						<ChooseFiles
							label={t('datasets.source.choose')}
							accept=".jsonl,.ndjson,.json,.csv,.tsv,.tab,.txt,application/json,text/csv,text/tab-separated-values,text/plain"
							onFiles={takeFile}
						/>
					</Box>
					<PastedText
						label={t('datasets.source.pasteLabel')}
						placeholder={'{"prompt": "…", "completion": "…"}\n{"prompt": "…", "completion": "…"}'}
						kept={file?.text ?? ''}
						onText={takeText}
					/>
				</>
			)}
		</DropArea>
	);
}

function takeFile([file]: File[]): void {
	if (file) setFile({ file, fileName: file.name });
}

function takeText(text: string): void {
	setFile(text.trim() === '' ? null : { text });
}
