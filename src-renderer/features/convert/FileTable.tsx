import DropIcon from '@mui/icons-material/Close';
import SaveIcon from '@mui/icons-material/SaveAltOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversion, ConversionFile } from '#contract/convertBatch.ts';
import { describeFailure } from '../../ui/describeFailure.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { dropFile, steerBatch } from './batchStore.ts';
import { formatNames } from './formatStore.ts';
import { ReportDialog } from './ReportDialog.tsx';
import { packable, saveAllResults, saveResult } from './saveResults.ts';
import { VerdictLabel } from './VerdictLabel.tsx';

const columns = {
	display: 'grid',
	gridTemplateColumns: 'minmax(120px, 2fr) 88px 64px minmax(160px, 4fr) minmax(96px, 2fr) 40px',
	columnGap: 2,
	alignItems: 'center',
	px: 2,
};

interface Props {
	conversion: Conversion;
	files: readonly ConversionFile[];
	scroller: RefObject<HTMLDivElement | null>;
	/** Whether files can be taken off it. */
	canDrop: boolean;
}

/** The files of a batch: what each is, how far it is, what came of it. */
export function FileTable({ conversion, files, scroller, canDrop }: Props) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const [shown, setShown] = useState<ConversionFile | null>(null);
	const { counts, job } = conversion;
	const heads = ['name', 'format', 'size', 'state', 'result'] as const;
	return (
		<>
			{job?.state === 'completed' && (
				<Box role="status" sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 2, mb: 1.5 }}>
					<Typography>
						{t('batch.summary', { done: format.number(counts.done), failed: format.number(counts.failed), lossy: format.number(counts.lossy) })}
					</Typography>
					{conversion.folder !== null && (
						<Typography dir="ltr" sx={{ color: 'text.secondary' }}>
							{conversion.folder}
						</Typography>
					)}
					{conversion.folder === null && <SaveAll conversion={conversion} files={files} />}
					{counts.failed > 0 && (
						<Button size="small" variant="outlined" color="inherit" onClick={() => void steerBatch('retry', job.id)}>
							{t('batch.retry')}
						</Button>
					)}
				</Box>
			)}
			<VirtualTable
				label={t('batch.files')}
				items={files}
				rowPx={44}
				columns={columns}
				scroller={scroller}
				head={
					<>
						{heads.map((head) => (
							<Box key={head} role="columnheader">
								{t(`columns.${head}`)}
							</Box>
						))}
						<Box role="cell" />
					</>
				}
				row={(file) => (
					<>
						<NameCell name={file.name} />
						<Cell text={file.from === null ? '' : formatNames[file.from]} />
						<Cell text={format.bytes(file.sizeBytes)} />
						<Box role="cell" sx={{ minWidth: 0, display: 'flex', alignItems: 'center', gap: 1 }}>
							<FileState file={file} onReport={() => setShown(file)} />
						</Box>
						<NameCell
							name={[
								file.resultName ?? '',
								file.resultName === null || file.resultBytes === null ? '' : format.bytes(file.resultBytes),
								file.hasSidecar ? t('batch.sidecar') : '',
							]
								.filter(Boolean)
								.join(' · ')}
						/>
						<Box role="cell" sx={{ textAlign: 'right' }}>
							{file.state === 'done' && conversion.folder === null && (
								<SymbolButton
									label={t('batch.save', { name: file.resultName ?? file.name })}
									onClick={() => void saveResult(conversion.id, file).catch(notifyError)}
								>
									<SaveIcon fontSize="small" />
								</SymbolButton>
							)}
							{canDrop && (
								<SymbolButton label={t('batch.dropFile', { name: file.name })} onClick={() => void dropFile(file.id)}>
									<DropIcon fontSize="small" />
								</SymbolButton>
							)}
						</Box>
					</>
				)}
			/>
			{shown !== null && <ReportDialog conversionId={conversion.id} file={shown} onClose={() => setShown(null)} />}
		</>
	);
}

/** All results as one archive; not there where there is one alone, or more than an archive holds. */
function SaveAll({ conversion: { id, title }, files }: Pick<Props, 'conversion' | 'files'>) {
	const { t } = useTranslation('convert');
	const [isSaving, setSaving] = useState(false);
	const packed = packable(files);
	if (packed === null) return null;
	const save = () => {
		setSaving(true);
		saveAllResults(id, `${title.replace(/[\\/:*?"<>|\p{C}]/gu, '_') || 'Homeroom'}.zip`, packed)
			.catch(notifyError)
			.finally(() => setSaving(false));
	};
	return (
		<Button size="small" variant="outlined" color="inherit" loading={isSaving} onClick={save}>
			{t('batch.saveAll')}
		</Button>
	);
}

function Cell({ text }: { text: string }) {
	return (
		<Typography role="cell" noWrap dir="auto" title={text} sx={{ minWidth: 0 }}>
			{text}
		</Typography>
	);
}

/** So much of the end of a name is seen however little room there is: files of a folder often begin alike. */
const endCharacters = 16;

function NameCell({ name }: { name: string }) {
	const characters = [...name];
	const start = characters.slice(0, -endCharacters).join('');
	return (
		<Typography role="cell" component="div" aria-label={name} title={name} dir="ltr" sx={{ minWidth: 0, display: 'flex' }}>
			<Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre' }}>
				{start}
			</Box>
			<Box component="span" sx={{ flex: 'none', whiteSpace: 'pre' }}>
				{characters.slice(-endCharacters).join('')}
			</Box>
		</Typography>
	);
}

function FileState({ file: { state, counts, failure, fraction }, onReport }: { file: ConversionFile; onReport: () => void }) {
	const { t } = useTranslation('convert');
	const { t: failures } = useTranslation('failures');
	const format = useFormat();
	if (state === 'waiting') return <StateLabel tone="quiet" label={t('fileStates.waiting')} />;
	if (state === 'running') return <StateLabel tone="busy" label={t('fileStates.running', { percent: format.percent(fraction) })} />;
	if (state === 'failed') {
		const { sentence } = describeFailure(failure, failures, format);
		return (
			<Link
				component="button"
				type="button"
				onClick={onReport}
				title={sentence}
				sx={{ display: 'flex', gap: 1, minWidth: 0, textAlign: 'left', color: 'text.primary' }}
			>
				<StateLabel tone="bad" label={t('fileStates.failed')} />
				<Typography noWrap component="span" dir="auto" sx={{ minWidth: 0 }}>
					{sentence}
				</Typography>
			</Link>
		);
	}
	return (
		<Link component="button" type="button" onClick={onReport} sx={{ textAlign: 'left', color: 'text.primary' }}>
			<VerdictLabel counts={counts ?? { lost: 0, changed: 0 }} />
		</Link>
	);
}
