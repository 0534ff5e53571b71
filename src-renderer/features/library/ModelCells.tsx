import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { useMay } from '../../rpc/useMe.ts';
import { DemoLabel } from '../../ui/DemoLabel.tsx';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { originText } from './arrangeModels.ts';
import { ModelMenu } from './ModelMenu.tsx';
import { isRepairable, isToCheck, type ModelState } from './modelState.ts';
import { ask, choose } from './tableStore.ts';
import { useCheckWords } from './useCheckWords.ts';
import { useModelActs } from './useModelActs.ts';

const tones = {
	missing: 'warn',
	changed: 'warn',
	damaged: 'bad',
	notLoaded: 'quiet',
	companion: 'quiet',
	loading: 'busy',
	running: 'good',
	stopping: 'busy',
	failed: 'bad',
} as const satisfies Record<ModelState, string>;

interface Props {
	model: Model;
	state: ModelState;
	isSelected: boolean;
}

/** The cells of one model in the table: what it is, how it stands, and the one thing to do with it now; the rest is in its menu. */
export function ModelCells({ model, state, isSelected }: Props) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const mayChange = useMay('admin');
	return (
		<>
			<Box role="cell">
				{mayChange && (
					<Checkbox
						size="small"
						sx={{ p: 0.5, ml: -0.5 }}
						checked={isSelected}
						onChange={(_event, isChosen) => choose([model.id], isChosen)}
						slotProps={{ input: { 'aria-label': t('table.choose', { name: model.name }) } }}
					/>
				)}
			</Box>
			<NameCell model={model} />
			<SourceCell model={model} />
			<Cell name="architecture">{model.architecture}</Cell>
			<Cell name="parameters" isNumber>
				{model.parameters === null ? '–' : format.parameters(model.parameters)}
			</Cell>
			<Cell name="quantization">{model.quantization}</Cell>
			<Cell name="context" isNumber>
				{model.contextTokens === null ? '–' : t('table.tokens', { tokens: format.number(model.contextTokens) })}
			</Cell>
			<Cell name="size" isNumber>
				{format.bytes(model.sizeBytes)}
			</Cell>
			<Cell name="lastUsed">{model.lastUsedAt === null ? t('table.never') : format.moment(model.lastUsedAt)}</Cell>
			<Cell name="license">{model.license ?? '–'}</Cell>
			<Box role="cell">
				<StateLabel tone={tones[state]} label={t(`state.${state}`)} />
			</Box>
			<Box role="cell" sx={{ display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: 0.5 }}>
				<NextAct model={model} state={state} />
				<ModelMenu model={model} state={state} />
			</Box>
		</>
	);
}

function Cell({ name, isNumber = false, children }: { name: string; isNumber?: boolean; children: ReactNode }) {
	const title = typeof children === 'string' ? children : undefined;
	return (
		<Line role="cell" className={isNumber ? `${name} number` : name} title={title}>
			{children}
		</Line>
	);
}

/** Most of what a table of models draws. */
const Line = styled('div')({
	...{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', textAlign: 'start' },
	'&.number': { textAlign: 'end' },
	'&.lastUsed::first-letter': { textTransform: 'uppercase' },
});

/** Names differ at their ends, so that one line of them is too little; they break anywhere, as file names do. */
const twoLines = {
	minWidth: 48,
	display: '-webkit-box',
	WebkitBoxOrient: 'vertical',
	WebkitLineClamp: '2',
	overflow: 'hidden',
	overflowWrap: 'anywhere',
	lineHeight: 1.25,
};

/** The name with what it is filed under; below it what is wrong with the file, else the file's name. */
function NameCell({ model }: { model: Model }) {
	const { t } = useTranslation('library');
	const words = useCheckWords();
	const isDamaged = model.fileState === 'damaged' && model.check !== null;
	const file = model.files.length > 1 ? t('table.parts', { file: model.fileName, count: model.files.length }) : model.fileName;
	const isWrong = isDamaged || model.fileState === 'changed';
	const changed = t(isToCheck(model) ? 'table.checkIt' : 'table.readIt');
	const below = isDamaged && model.check ? words(model.check, model.sizeBytes) : isWrong ? changed : file;
	return (
		<Box role="cell" sx={{ minWidth: 0 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0 }}>
				<Typography dir="auto" title={model.name} sx={twoLines}>
					{model.name}
				</Typography>
				{model.origin.source === 'demo' && <DemoLabel />}
				{model.kind !== 'model' && <Chip label={t(`kind.${model.kind}`)} variant="outlined" sx={{ flex: 'none' }} />}
				<Tags tags={model.tags} />
			</Box>
			<Typography noWrap variant="caption" title={isWrong ? below : model.path} sx={{ display: 'block', color: isDamaged ? 'error.main' : 'text.secondary' }}>
				{below}
			</Typography>
		</Box>
	);
}

/** The first tag, and how many more there are: the name needs the room. */
function Tags({ tags }: { tags: readonly string[] }) {
	const [first] = tags;
	if (first === undefined) return null;
	const more = tags.length > 1 ? ` +${tags.length - 1}` : '';
	return <Chip label={first + more} title={tags.join(', ')} sx={{ flex: 'none', maxWidth: 104 }} />;
}

/** Where it came from, and below it under which name, or how its bytes are kept. */
function SourceCell({ model }: { model: Model }) {
	const { t } = useTranslation('library');
	const source = model.origin.source === 'store' ? t(`program.${model.origin.program}`) : t(`source.${model.origin.source}`);
	const isNamed = model.origin.source === 'huggingface' || model.origin.source === 'ollama';
	const below = isNamed ? originText(model) : t(`kept.${model.linked ? 'linked' : model.owned ? 'owned' : 'inPlace'}`);
	return (
		<Box role="cell" className="source" sx={{ minWidth: 0 }}>
			<Typography noWrap title={source}>
				{source}
			</Typography>
			<Typography noWrap variant="caption" dir="auto" title={below} sx={{ display: 'block', color: 'text.secondary' }}>
				{below}
			</Typography>
		</Box>
	);
}

/** What is to be done with the model as it stands, if the reader may: load it, or put its file right. */
function NextAct({ model, state }: { model: Model; state: ModelState }) {
	const { t } = useTranslation('library');
	const { repair, refresh, verify } = useModelActs();
	const mayLoad = useMay('user');
	const mayChange = useMay('admin');
	const isToLoad = state === 'notLoaded' || state === 'failed';
	if (isToLoad ? !mayLoad : !mayChange) return null;
	const act = isToLoad
		? { label: t('load.button'), name: t('load.of', { name: model.name }), onClick: () => ask('load', [model]) }
		: state === 'missing'
			? { label: t('menu.find'), name: t('menu.findOf', { name: model.name }), onClick: () => ask('relocate', [model]) }
			: state === 'changed'
				? isToCheck(model)
					? { label: t('menu.check'), name: t('menu.checkOf', { name: model.name }), onClick: () => verify([model]) }
					: { label: t('menu.refresh'), name: t('menu.refreshOf', { name: model.name }), onClick: () => refresh(model) }
				: isRepairable(model) && state === 'damaged'
					? { label: t('menu.repair'), name: t('menu.repairOf', { name: model.name }), onClick: () => repair(model) }
					: null;
	if (act === null) return null;
	return (
		<Button variant="outlined" size="small" onClick={act.onClick} aria-label={act.name}>
			{act.label}
		</Button>
	);
}
