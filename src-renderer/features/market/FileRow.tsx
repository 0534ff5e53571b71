import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Collapse from '@mui/material/Collapse';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteFile, RemoteModel } from '#contract/market.ts';
import { useFormat } from '../../ui/format.ts';
import { ExpandButton } from './ExpandButton.tsx';
import { FileAct } from './FileAct.tsx';
import { FitBadge } from './FitBadge.tsx';
import { FitDetails } from './FitDetails.tsx';
import { HereAs } from './HereAs.tsx';
import { fileKey, useMarket, wantFit } from './marketStore.ts';
import { quantizationGuide } from './quantizationGuide.ts';
import { useInSight } from './useInSight.ts';

const programs = { ollama: 'Ollama', lmstudio: 'LM Studio', jan: 'Jan', huggingface: 'Hugging Face' } as const;

interface Props {
	model: RemoteModel;
	file: RemoteFile;
	isRecommended: boolean;
	isOffline: boolean;
	onDownload: () => void;
	onTakeStored: () => void;
}

/** One file that can be had: what its quantization means, whether it fits, one act; below it, opened, what it would take. */
export function FileRow({ model, file, isRecommended, isOffline, onDownload, onTakeStored }: Props) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const row = useRef<HTMLTableRowElement>(null);
	const detailsId = useId();
	const [isOpen, setOpen] = useState(false);
	const isInSight = useInSight(row);
	const isModel = file.kind === 'model';
	const key = fileKey(model, file.id);
	const fit = useMarket(({ fits }) => fits[key]);
	const isUnasked = fit === undefined;
	useEffect(() => {
		if (isModel && isInSight && isUnasked && !isOffline) return wantFit(model, file);
	}, [model, file, isModel, isInSight, isUnasked, isOffline]);
	const isKept = useMarket(({ kept }) => key in kept);
	const isStored = file.stored !== null && file.modelId === null && !isKept;
	return (
		<>
			<TableRow ref={row} sx={{ '& > td': { borderBottom: 0, verticalAlign: 'middle' } }}>
				<TableCell sx={{ pr: 0 }}>
					{isModel && <ExpandButton name={file.fileName} isOpen={isOpen} controls={detailsId} onToggle={() => setOpen(!isOpen)} />}
				</TableCell>
				<TableCell sx={{ maxWidth: 0, width: '99%' }}>
					<FileWords file={file} isRecommended={isRecommended} />
					<HereAs file={key} modelId={file.modelId} />
					{isStored && file.stored && (
						<Typography variant="caption" component="p">
							{t('files.stored', { program: programs[file.stored.program] })}
						</Typography>
					)}
				</TableCell>
				<TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
					{format.bytes(file.sizeBytes)}
				</TableCell>
				<TableCell>{isModel && <FitBadge fit={fit} />}</TableCell>
				<TableCell align="right">
					<FileAct
						file={key}
						name={file.fileName}
						modelId={file.modelId}
						isMain={isRecommended}
						isDisabled={isOffline}
						onTakeStored={isStored ? onTakeStored : undefined}
						onDownload={onDownload}
					/>
				</TableCell>
			</TableRow>
			<TableRow>
				<TableCell colSpan={5} id={detailsId} sx={{ py: '0 !important' }}>
					<Collapse in={isOpen} unmountOnExit>
						<Box sx={{ pl: 5, pb: 2 }}>
							<FitDetails fit={fit} />
						</Box>
					</Collapse>
				</TableCell>
			</TableRow>
		</>
	);
}

/** What a file is, in words: its quantization and what to expect of it, or what it is beside a model; its name below. */
function FileWords({ file, isRecommended }: { file: RemoteFile; isRecommended: boolean }) {
	const { t } = useTranslation('market');
	const guide = quantizationGuide(file.quantization);
	const words = file.kind === 'model' ? (guide === null ? '' : t(`guide.${guide}`)) : t(`kind.${file.kind}Text`);
	const head = file.kind === 'model' ? (file.quantization ?? t('kind.model')) : t(`kind.${file.kind}`);
	return (
		<>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1 }}>
				<Typography component="span" sx={{ fontWeight: 600 }}>
					{head}
				</Typography>
				{isRecommended && <Chip label={t('files.recommended')} color="primary" variant="outlined" />}
				<Typography component="span">{words}</Typography>
			</Box>
			<Typography variant="caption" component="p" dir="ltr" noWrap title={file.fileName} sx={{ color: 'text.secondary', textAlign: 'start' }}>
				{file.fileName}
				{file.parts.length > 1 && ` · ${t('files.parts', { count: file.parts.length })}`}
			</Typography>
		</>
	);
}
