import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { ChosenFile } from '../../ui/ChosenFile.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { PastedText } from '../../ui/PastedText.tsx';
import { setSource, useNewAssignment } from './newAssignmentStore.ts';

/** Takes the class's table: a file that is dropped or chosen, or text that is pasted. */
export function TableSourceField() {
	const { t } = useTranslation('grading');
	const source = useNewAssignment((state) => state.source);
	return (
		<DropArea onFiles={takeFile}>
			{source !== null && 'file' in source ? (
				<ChosenFile name={source.fileName} sizeBytes={source.file.size} removeLabel={t('source.remove')} onRemove={() => void setSource(null)} />
			) : (
				<>
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1.5 }}>
						<Typography sx={{ flex: 1 }}>{t('source.drop')}</Typography>
						<ChooseFiles label={t('source.choose')} accept=".csv,.tsv,.txt,.tab,text/csv,text/tab-separated-values,text/plain" onFiles={takeFile} />
					</Box>
					<PastedText label={t('source.pasteLabel')} placeholder={t('source.paste')} kept={source?.text ?? ''} onText={takeText} />
				</>
			)}
		</DropArea>
	);
}

function takeFile([file]: File[]): void {
	if (file) void setSource({ file, fileName: file.name });
}

function takeText(text: string): void {
	void setSource(text.trim() === '' ? null : { text });
}
