import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { ChosenFile } from '../../ui/ChosenFile.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { useFormat } from '../../ui/format.ts';
import { PastedText } from '../../ui/PastedText.tsx';
import type { IntakeFields } from './AnswerIntake.ts';
import { type AnswerSource, sourceOfFiles } from './sourceOfFiles.ts';

const kinds = '.csv,.tsv,.tab,.txt,.xlsx,.docx,.pdf,.md,.html,.zip,text/csv,text/tab-separated-values,text/plain,application/pdf';

/** Takes what the class handed in: a table or files that are dropped or chosen, a folder, or a table that is pasted. */
export function TableSourceField({ intake }: { intake: IntakeFields }) {
	const { t } = useTranslation('grading');
	const source = intake.use((state) => state.source);
	const takeFiles = (files: File[]) => {
		const taken = sourceOfFiles(files);
		if (taken) void intake.setSource(taken);
	};
	const takeText = (text: string) => void intake.setSource(text.trim() === '' ? null : { text });
	return (
		<DropArea takesFolders onFiles={takeFiles}>
			{source !== null && !('text' in source) ? (
				<ChosenSource source={source} onRemove={() => void intake.setSource(null)} />
			) : (
				<>
					<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1.5 }}>
						<Typography sx={{ flex: '1 1 240px', pr: 1 }}>{t('source.drop')}</Typography>
						<ChooseFiles isMany label={t('source.choose')} accept={kinds} onFiles={takeFiles} />
						<ChooseFiles isFolder label={t('source.chooseFolder')} onFiles={takeFiles} />
					</Box>
					<PastedText label={t('source.pasteLabel')} placeholder={t('source.paste')} kept={source?.text ?? ''} onText={takeText} />
				</>
			)}
		</DropArea>
	);
}

function ChosenSource({ source, onRemove }: { source: Exclude<AnswerSource, { text: string }>; onRemove: () => void }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const files = 'file' in source ? [source] : source.files;
	const [only, second] = files;
	const name = only && !second ? only.fileName : t('source.files', { files: format.number(files.length) });
	const sizeBytes = files.reduce((sum, { file }) => sum + file.size, 0);
	return <ChosenFile name={name} sizeBytes={sizeBytes} removeLabel={t('source.remove')} onRemove={onRemove} />;
}
