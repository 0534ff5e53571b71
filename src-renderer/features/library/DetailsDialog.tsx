import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model, ModelFile } from '#contract/library.ts';
import { useMay } from '../../rpc/useMe.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { useFormat } from '../../ui/format.ts';
import { originText } from './arrangeModels.ts';
import { isRepairable } from './modelState.ts';
import { useCheckWords } from './useCheckWords.ts';
import { useModelActs } from './useModelActs.ts';

/** All that is known of a model: its files with their checksums, where it came from, what its source advises, and its last check. */
export function DetailsDialog({ model, onClose }: { model: Model; onClose: () => void }) {
	const { t } = useTranslation('library');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const words = useCheckWords();
	const { verify, repair } = useModelActs();
	const mayChange = useMay('admin');
	return (
		<Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="details-title">
			<DialogTitle id="details-title" noWrap dir="auto">
				{model.name}
			</DialogTitle>
			<DialogContent>
				<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'minmax(104px, auto) 1fr', columnGap: 2, rowGap: 0.75 }}>
					<Fact label={t('details.kind')}>{t(`kind.${model.kind}`)}</Fact>
					<Fact label={t('table.source')}>
						<Origin model={model} />
					</Fact>
					<Fact label={t('table.license')}>{model.license ?? t('details.unknown')}</Fact>
					<Fact label={t('table.architecture')}>{model.architecture}</Fact>
					<Fact label={t('table.parameters')}>{model.parameters === null ? t('details.unknown') : format.parameters(model.parameters)}</Fact>
					<Fact label={t('table.quantization')}>{model.quantization}</Fact>
					<Fact label={t('table.context')}>
						{model.contextTokens === null ? t('details.unknown') : t('table.tokens', { tokens: format.number(model.contextTokens) })}
					</Fact>
					<Fact label={t('details.template')}>{model.hasChatTemplate ? t('details.inFile') : t('details.none')}</Fact>
					<Fact label={t('details.check')}>{model.check === null ? t('check.never') : words(model.check, model.sizeBytes)}</Fact>
					<Fact label={t('details.added')}>{format.moment(model.addedAt)}</Fact>
				</Box>
				<Files model={model} />
				<Defaults model={model} />
			</DialogContent>
			<DialogActions>
				{mayChange && isRepairable(model) && (
					<Button
						variant="outlined"
						sx={{ mr: 'auto' }}
						onClick={() => {
							repair(model);
							onClose();
						}}
					>
						{t('menu.repair')}
					</Button>
				)}
				{mayChange && model.fileState !== 'missing' && (
					<Button
						variant="outlined"
						onClick={() => {
							verify([model]);
							onClose();
						}}
					>
						{t('menu.verify')}
					</Button>
				)}
				<Button variant="contained" onClick={onClose}>
					{ui('close')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
	return (
		<>
			<Typography component="dt" sx={{ color: 'text.secondary' }}>
				{label}
			</Typography>
			<Typography component="dd" dir="auto" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
				{children}
			</Typography>
		</>
	);
}

function Origin({ model }: { model: Model }) {
	const { t } = useTranslation('library');
	const { origin } = model;
	const kept = t(`kept.${model.linked ? 'linked' : model.owned ? 'owned' : 'inPlace'}`);
	if (origin.source === 'huggingface')
		return [t('source.huggingface'), originText(model), t('details.revision', { commit: origin.revision.slice(0, 12) }), kept].join(' · ');
	if (origin.source === 'ollama') return [t('source.ollama'), originText(model), kept].join(' · ');
	return [origin.source === 'store' ? t(`program.${origin.program}`) : t(`source.${origin.source}`), kept].join(' · ');
}

function Files({ model }: { model: Model }) {
	const { t } = useTranslation('library');
	return (
		<Box component="section" sx={{ mt: 2 }}>
			<Typography variant="h3" sx={{ mb: 0.5 }}>
				{t('details.files')}
			</Typography>
			{model.files.map((file) => (
				<FileFacts key={file.path} file={file} />
			))}
		</Box>
	);
}

function FileFacts({ file }: { file: ModelFile }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const sum = file.sha256 === null ? t('details.noChecksum') : `sha256 ${file.sha256}`;
	return (
		<Box sx={{ py: 0.75, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Line text={file.path} copied={file.path} label={t('menu.copyPath')} beside={format.bytes(file.sizeBytes)} />
			<Line text={sum} copied={file.sha256} label={t('details.copyChecksum')} />
		</Box>
	);
}

function Line({ text, copied, label, beside = '' }: { text: string; copied: string | null; label: string; beside?: string }) {
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
			<Typography
				variant="caption"
				dir="ltr"
				sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
			>
				{text}
			</Typography>
			<Typography variant="caption" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
				{beside}
			</Typography>
			{copied !== null && <CopyButton text={copied} label={label} />}
		</Box>
	);
}

/** What the source advises for the model's use, as the source says it. */
function Defaults({ model }: { model: Model }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const { systemPrompt, chatTemplate, stop, ...figures } = model.defaults ?? {};
	const shown = Object.entries(figures).flatMap(([name, value]) =>
		value === undefined ? [] : [`${t(`defaults.${name}`, { defaultValue: name })} ${format.number(value, 3)}`],
	);
	if (stop && stop.length > 0) shown.push(`${t('defaults.stop')} ${stop.map((text) => JSON.stringify(text)).join(' ')}`);
	if (shown.length === 0 && systemPrompt === undefined && chatTemplate === undefined) return null;
	return (
		<Box component="section" sx={{ mt: 2 }}>
			<Typography variant="h3" sx={{ mb: 0.5 }}>
				{t('details.defaults')}
			</Typography>
			<Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{shown.join(' · ')}</Typography>
			{systemPrompt !== undefined && <Folded label={t('defaults.systemPrompt')} lines={[systemPrompt]} />}
			{chatTemplate !== undefined && <Folded label={t('defaults.chatTemplate')} lines={[chatTemplate]} />}
		</Box>
	);
}
