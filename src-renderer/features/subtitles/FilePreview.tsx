import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { savedFormat } from '#contract/subtitleCue.ts';
import type { SubtitlePreview } from '#contract/subtitles.ts';
import { visibleText } from '#contract/visibleText.ts';
import { EncodingField } from '../../ui/EncodingField.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { formatTime } from './formatTime.ts';
import { nameLanguage } from './languages.ts';
import { type NewFile, setEncoding } from './newProjectStore.ts';
import { useProblemWords } from './useProblemWords.ts';

/** A list of thousands helps nobody. */
const mostProblems = 200;

/** What a file was read as: its encoding, which can be changed, its first cues, and all that was odd in it. */
export function FilePreview({ file }: { file: NewFile }) {
	const { t, i18n } = useTranslation('subtitles');
	const format = useFormat();
	const { preview, encoding } = file;
	const found = encoding ?? preview?.encoding ?? 'utf-8';
	return (
		<Paper variant="outlined" component="section" aria-label={t('preview.label', { name: file.file.name })} sx={{ p: 2, minWidth: 0 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 2, flexWrap: 'wrap' }}>
				<Box sx={{ flex: 1, minWidth: 160 }}>
					<Typography variant="h2" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
						{file.file.name}
					</Typography>
					<Typography role="status" sx={{ color: 'text.secondary' }}>
						{preview &&
							[
								t('preview.facts', { format: t(`formats.${preview.format}`), count: preview.cueCount, cues: format.number(preview.cueCount) }),
								preview.language === null ? t('fromFilm.noLanguage') : nameLanguage(preview.language, i18n.language),
							].join(' · ')}
					</Typography>
				</Box>
				<Box sx={{ '& .MuiTextField-root': { width: 168 } }}>
					<EncodingField found={found} onChange={(chosen) => setEncoding(file.id, chosen)} />
				</Box>
			</Box>
			<ErrorNotice error={file.error} sx={{ mb: 2 }} />
			{preview && <PreviewBody preview={preview} />}
		</Paper>
	);
}

function PreviewBody({ preview }: { preview: SubtitlePreview }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const wordsOf = useProblemWords();
	const { problems, sample, undecoded } = preview;
	return (
		<>
			{undecoded > 0 && (
				<Alert severity="warning" variant="outlined" sx={{ mb: 2 }}>
					{t('preview.undecoded', { count: undecoded })}
				</Alert>
			)}
			{!savedFormat.options.some((one) => one === preview.format) && (
				<Typography sx={{ mb: 2 }}>{t('preview.readOnly', { format: t(`formats.${preview.format}`) })}</Typography>
			)}
			<TableContainer sx={{ maxHeight: 320, mb: 2, '& th': { bgcolor: 'background.paper' } }}>
				<Table stickyHeader aria-label={t('preview.sample')}>
					<TableHead>
						<TableRow>
							<TableCell align="right">{t('bench.number')}</TableCell>
							<TableCell>{t('bench.start')}</TableCell>
							<TableCell>{t('bench.end')}</TableCell>
							<TableCell>{t('preview.text')}</TableCell>
						</TableRow>
					</TableHead>
					<TableBody>
						{sample.map(({ startMs, endMs, text }, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: the first cues of a file stand in its order and never move
							<TableRow key={index}>
								<TableCell align="right">{format.number(index + 1)}</TableCell>
								<TableCell sx={{ whiteSpace: 'nowrap' }}>{formatTime(startMs)}</TableCell>
								<TableCell sx={{ whiteSpace: 'nowrap' }}>{formatTime(endMs)}</TableCell>
								<TableCell dir="auto" sx={{ whiteSpace: 'pre-wrap', width: '100%' }}>
									{visibleText(text)}
								</TableCell>
							</TableRow>
						))}
					</TableBody>
				</Table>
			</TableContainer>
			{problems.length === 0 ? (
				<Typography sx={{ color: 'text.secondary' }}>{t('preview.sound')}</Typography>
			) : (
				<ProblemList
					title={t('preview.problems', { count: problems.length })}
					problems={wordsOf(problems.slice(0, mostProblems))}
					more={problems.length > mostProblems ? t('preview.more', { count: problems.length - mostProblems }) : null}
				/>
			)}
		</>
	);
}
