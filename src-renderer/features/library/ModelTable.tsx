import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Checkbox from '@mui/material/Checkbox';
import Typography from '@mui/material/Typography';
import { type ReactElement, type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deployment } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';
import { useMay } from '../../rpc/useMe.ts';
import { ExplainedTerm, type TermName } from '../../ui/Term.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { arrangeModels, type ModelColumn } from './arrangeModels.ts';
import { ModelCells } from './ModelCells.tsx';
import { ModelToolbar } from './ModelToolbar.tsx';
import { modelColumns, rowHeightPx } from './modelColumns.ts';
import { modelState } from './modelState.ts';
import { choose, sortBy, useTable } from './tableStore.ts';

const terms: Partial<Record<ModelColumn, TermName>> = { parameters: 'parameters', quantization: 'quantization', context: 'context' };

interface Props {
	models: readonly Model[];
	deployments: readonly Deployment[];
	/** What the table scrolls in. */
	scroller: RefObject<HTMLDivElement | null>;
}

/** The library: a dense table of the models on this machine, each with its state and what can be done with it. Only the rows in view are drawn. */
export function ModelTable({ models, deployments, scroller }: Props) {
	const { t } = useTranslation('library');
	const { filter, order, selected } = useTable();
	const shown = useMemo(() => arrangeModels(models, filter, order), [models, filter, order]);
	return (
		<Box component="section" aria-labelledby="library">
			<Typography id="library" variant="h2" sx={{ mb: 1 }}>
				{t('table.title')}
			</Typography>
			<ModelToolbar models={models} shownCount={shown.length} />
			<VirtualTable
				items={shown}
				rowPx={rowHeightPx}
				columns={modelColumns}
				scroller={scroller}
				label={{ id: 'library' }}
				head={<Head shown={shown} />}
				row={(model) => <ModelCells model={model} state={modelState(model, deployments)} isSelected={selected.has(model.id)} />}
				isSelected={({ id }) => selected.has(id)}
				nothing={t('table.nothing')}
			/>
		</Box>
	);
}

function Head({ shown }: { shown: readonly Model[] }) {
	const { t } = useTranslation('library');
	const selected = useTable((state) => state.selected);
	const mayChange = useMay('admin');
	const chosen = shown.filter(({ id }) => selected.has(id)).length;
	return (
		<>
			<Box role="columnheader">
				{mayChange && (
					<Checkbox
						size="small"
						sx={{ p: 0.5, ml: -0.5 }}
						checked={chosen > 0 && chosen === shown.length}
						indeterminate={chosen > 0 && chosen < shown.length}
						onChange={(_event, isChosen) =>
							choose(
								shown.map(({ id }) => id),
								isChosen,
							)
						}
						slotProps={{ input: { 'aria-label': t('table.chooseAll') } }}
					/>
				)}
			</Box>
			<SortableHead column="name">{t('table.name')}</SortableHead>
			<SortableHead column="source">{t('table.source')}</SortableHead>
			<SortableHead column="architecture">{t('table.architecture')}</SortableHead>
			<SortableHead column="parameters" isNumber>
				{t('table.parameters')}
			</SortableHead>
			<SortableHead column="quantization">{t('table.quantization')}</SortableHead>
			<SortableHead column="context" isNumber>
				{t('table.context')}
			</SortableHead>
			<SortableHead column="size" isNumber>
				{t('table.size')}
			</SortableHead>
			<SortableHead column="lastUsed">{t('table.lastUsed')}</SortableHead>
			<SortableHead column="license">{t('table.license')}</SortableHead>
			<Box role="columnheader">{t('table.state')}</Box>
			<Box role="cell" />
		</>
	);
}

function SortableHead({ column, isNumber = false, children }: { column: ModelColumn; isNumber?: boolean; children: string }) {
	const order = useTable((state) => state.order);
	const isSorted = order.column === column;
	return (
		<Box
			role="columnheader"
			className={column}
			aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
			sx={{ minWidth: 0, textAlign: isNumber ? 'end' : 'start' }}
		>
			<Explained column={column}>
				<ButtonBase
					onClick={() => sortBy(column)}
					sx={{
						typography: 'caption',
						color: isSorted ? 'text.primary' : 'inherit',
						borderRadius: 0.5,
						whiteSpace: 'nowrap',
						'&:hover': { color: 'text.primary' },
					}}
				>
					{children}
					{isSorted && (
						<Box component="span" aria-hidden sx={{ ml: 0.5 }}>
							{order.descending ? '↓' : '↑'}
						</Box>
					)}
				</ButtonBase>
			</Explained>
		</Box>
	);
}

/** Says of a column that is a word of the field what it means. */
function Explained({ column, children }: { column: ModelColumn; children: ReactElement }) {
	const term = terms[column];
	return term ? <ExplainedTerm name={term}>{children}</ExplainedTerm> : children;
}
