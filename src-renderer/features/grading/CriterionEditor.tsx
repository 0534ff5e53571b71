import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import DuplicateIcon from '@mui/icons-material/ContentCopy';
import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Criterion } from '#contract/rubric.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { CriterionLevels } from './CriterionLevels.tsx';
import { keepFocus } from './moveItem.ts';
import { withKind } from './newCriterion.ts';
import { useLevelNames } from './useLevelNames.ts';

const kinds = ['levels', 'mustHave', 'mustNotHave'] as const;

interface Props {
	criterion: Criterion;
	/** Its place, from 1. */
	place: number;
	isLast: boolean;
	/** There is no room for another criterion. */
	isFull: boolean;
	/** It was just added, to be named. */
	isNew: boolean;
	/** The question has a check that could decide this. */
	hasCheck: boolean;
	onChange: (change: (criterion: Criterion) => Criterion) => void;
	onMove: (by: -1 | 1) => void;
	onDuplicate: () => void;
	onRemove: () => void;
	/** A level was taken out; `putBack` puts it in again. */
	onLevelRemoved: (name: string, putBack: (criterion: Criterion) => Criterion) => void;
}

/** One criterion of a rubric: of what kind it is, what it looks for, and what can be earned by it. Alt with an arrow key moves it. */
export function CriterionEditor({ criterion, place, isLast, isFull, isNew, hasCheck, onChange, onMove, onDuplicate, onRemove, onLevelRemoved }: Props) {
	const { t } = useTranslation('grading');
	const levelNames = useLevelNames();
	// One that is just being named is not called wrong yet.
	const [isLeft, setLeft] = useState(!isNew);
	const name = criterion.name || t('rubric.criterion', { place });
	const moveByKey = (event: KeyboardEvent) => {
		if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
		event.preventDefault();
		keepFocus(() => onMove(event.key === 'ArrowUp' ? -1 : 1));
	};
	const acts = [
		{ label: t('rubric.moveUp', { name }), icon: <UpIcon fontSize="small" />, isOff: place === 1, act: () => keepFocus(() => onMove(-1)) },
		{ label: t('rubric.moveDown', { name }), icon: <DownIcon fontSize="small" />, isOff: isLast, act: () => keepFocus(() => onMove(1)) },
		{ label: t('rubric.duplicateNamed', { name }), icon: <DuplicateIcon fontSize="small" />, isOff: isFull, act: onDuplicate },
		{ label: t('rubric.removeNamed', { name }), icon: <RemoveIcon fontSize="small" />, isOff: false, act: onRemove },
	];
	return (
		<Paper variant="outlined" role="group" aria-label={name} onKeyDown={moveByKey} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1 }}>
			<Box
				sx={{
					display: 'grid',
					columnGap: 1,
					rowGap: 1.5,
					alignItems: 'center',
					gridTemplateColumns: 'minmax(0, 1fr) auto',
					gridTemplateAreas: '"kind acts" "name name"',
					'@container (min-width: 620px)': { gridTemplateColumns: '150px minmax(0, 1fr) auto', gridTemplateAreas: '"kind name acts"' },
				}}
			>
				<Box sx={{ gridArea: 'kind', '& .MuiTextField-root': { width: '100%' } }}>
					<SelectField
						label={t('rubric.kind')}
						value={criterion.kind}
						options={kinds}
						name={(kind) => t(`rubric.kinds.${kinds.find((each) => each === kind) ?? 'levels'}`)}
						onChange={(kind) => onChange((before) => withKind(before, kinds.find((each) => each === kind) ?? 'levels', levelNames))}
					/>
				</Box>
				<TextField
					label={t('rubric.name')}
					required
					autoFocus={isNew}
					value={criterion.name}
					error={isLeft && criterion.name.trim() === ''}
					onBlur={() => setLeft(true)}
					onChange={(event) => onChange((before) => ({ ...before, name: event.target.value }))}
					sx={{ gridArea: 'name' }}
					slotProps={{ htmlInput: { dir: 'auto', maxLength: 200 } }}
				/>
				<Box sx={{ gridArea: 'acts', display: 'flex', color: 'text.secondary' }}>
					{acts.map(({ label, icon, isOff, act }) => (
						<Tooltip key={label} title={isOff ? '' : label}>
							<span>
								<IconButton color="inherit" aria-label={label} disabled={isOff} onClick={act}>
									{icon}
								</IconButton>
							</span>
						</Tooltip>
					))}
				</Box>
			</Box>
			<Box
				sx={{
					display: 'grid',
					gap: 1,
					// What has but one number needs no line of its own for it.
					...(criterion.kind !== 'levels' && { '@container (min-width: 620px)': { gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'center' } }),
				}}
			>
				<TextField
					multiline
					maxRows={8}
					value={criterion.description}
					placeholder={t(`rubric.descriptions.${criterion.kind}`)}
					onChange={(event) => onChange((before) => ({ ...before, description: event.target.value }))}
					slotProps={{ htmlInput: { 'aria-label': t('rubric.descriptionOf', { name }), dir: 'auto', maxLength: 2000 } }}
				/>
				<CriterionLevels criterion={criterion} onChange={onChange} onLevelRemoved={onLevelRemoved} />
			</Box>
			{(hasCheck || criterion.byCheck) && criterion.kind !== 'mustNotHave' && (
				<FormControlLabel
					control={
						<Checkbox
							size="small"
							checked={criterion.byCheck}
							onChange={(_event, byCheck) => onChange((before) => ({ ...before, byCheck }))}
							sx={{ py: 0.25 }}
						/>
					}
					label={t('rubric.byCheck')}
				/>
			)}
		</Paper>
	);
}
