import MoreIcon from '@mui/icons-material/MoreVert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deployment } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';
import { copyText } from '../../ui/copyText.ts';
import { useFormat } from '../../ui/format.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { type ModelState, modelState } from './modelState.ts';

interface Acts {
	onLoad: (model: Model) => void;
	onRemove: (model: Model) => void;
}

const tones = { missing: 'warn', notLoaded: 'quiet', loading: 'busy', running: 'good', stopping: 'busy', failed: 'bad' } as const satisfies Record<
	ModelState,
	string
>;

/** Columns that a narrow window leaves out. */
const wideOnly = { '@media (max-width: 1099px)': { display: 'none' } };

/** The library: a dense table of the models on this machine, each with its state and what can be done with it. */
export function ModelTable({ models, deployments, ...acts }: { models: readonly Model[]; deployments: readonly Deployment[] } & Acts) {
	const { t } = useTranslation('library');
	return (
		<Box component="section" aria-labelledby="library">
			<Typography id="library" variant="h2" sx={{ mb: 1 }}>
				{t('table.title')}
			</Typography>
			<TableContainer component={Paper} variant="outlined">
				<Table>
					<TableHead>
						<TableRow>
							<TableCell>{t('table.name')}</TableCell>
							<TableCell sx={wideOnly}>{t('table.architecture')}</TableCell>
							<TableCell align="right">{t('table.parameters')}</TableCell>
							<TableCell>{t('table.quantization')}</TableCell>
							<TableCell align="right">{t('table.context')}</TableCell>
							<TableCell align="right">{t('table.size')}</TableCell>
							<TableCell sx={wideOnly}>{t('table.lastUsed')}</TableCell>
							<TableCell>{t('table.state')}</TableCell>
							<TableCell />
						</TableRow>
					</TableHead>
					<TableBody>
						{models.map((model) => (
							<ModelRow key={model.id} model={model} state={modelState(model, deployments)} {...acts} />
						))}
					</TableBody>
				</Table>
			</TableContainer>
		</Box>
	);
}

function ModelRow({ model, state, onLoad, onRemove }: { model: Model; state: ModelState } & Acts) {
	const { t } = useTranslation('library');
	const format = useFormat();
	return (
		<TableRow hover sx={{ '&:last-of-type td': { borderBottom: 0 } }}>
			<TableCell sx={{ width: '100%', maxWidth: 0 }}>
				<Typography noWrap dir="auto" title={model.name}>
					{model.name}
				</Typography>
				<Typography noWrap variant="caption" sx={{ color: 'text.secondary', display: 'block' }} title={model.path}>
					{model.source === 'test' ? t('test.short') : model.fileName}
				</Typography>
			</TableCell>
			<TableCell sx={wideOnly}>{model.architecture}</TableCell>
			<TableCell align="right">{model.parameters === null ? '–' : format.parameters(model.parameters)}</TableCell>
			<TableCell>{model.quantization}</TableCell>
			<TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
				{model.contextTokens === null ? '–' : t('table.tokens', { tokens: format.number(model.contextTokens) })}
			</TableCell>
			<TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
				{format.bytes(model.sizeBytes)}
			</TableCell>
			<TableCell sx={{ ...wideOnly, whiteSpace: 'nowrap', '&::first-letter': { textTransform: 'uppercase' } }}>
				{model.lastUsedAt === null ? t('table.never') : format.moment(model.lastUsedAt)}
			</TableCell>
			<TableCell sx={{ minWidth: 112 }}>
				<StateLabel tone={tones[state]} label={t(`state.${state}`)} />
			</TableCell>
			<TableCell align="right" sx={{ whiteSpace: 'nowrap', py: 0.5 }}>
				{(state === 'notLoaded' || state === 'failed') && (
					<Button variant="outlined" size="small" onClick={() => onLoad(model)} aria-label={t('load.of', { name: model.name })}>
						{t('load.button')}
					</Button>
				)}
				<RowMenu model={model} isInUse={state === 'running' || state === 'loading' || state === 'stopping'} onRemove={onRemove} />
			</TableCell>
		</TableRow>
	);
}

function RowMenu({ model, isInUse, onRemove }: { model: Model; isInUse: boolean; onRemove: (model: Model) => void }) {
	const { t } = useTranslation('library');
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	const close = () => setAnchor(null);
	return (
		<>
			<IconButton aria-label={t('menu.label', { name: model.name })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)} sx={{ ml: 0.5 }}>
				<MoreIcon fontSize="small" />
			</IconButton>
			<Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
				<MenuItem
					onClick={() => {
						close();
						copyText(model.path).then(() => notify(t('menu.copied')), notifyError);
					}}
				>
					{t('menu.copyPath')}
				</MenuItem>
				<MenuItem
					disabled={isInUse}
					onClick={() => {
						close();
						onRemove(model);
					}}
				>
					{isInUse ? t('menu.removeInUse') : t('menu.remove')}
				</MenuItem>
			</Menu>
		</>
	);
}
