import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import RemoveIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level } from '#contract/rubric.ts';
import { keepFocus } from './moveItem.ts';
import { PointsField } from './PointsField.tsx';

interface Props {
	level: Level;
	/** Its place, from 1. */
	place: number;
	isLast: boolean;
	isRemovable: boolean;
	onChange: (change: Partial<Level>) => void;
	onMove: (by: -1 | 1) => void;
	onRemove: () => void;
}

/** One level of a criterion: its name, what an answer at it shows, its points; Alt with an arrow key moves it. */
export function LevelRow({ level, place, isLast, isRemovable, onChange, onMove, onRemove }: Props) {
	const { t } = useTranslation('grading');
	// One that is just being named is not called wrong yet.
	const [isLeft, setLeft] = useState(false);
	const moveByKey = (event: KeyboardEvent) => {
		if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
		event.preventDefault();
		event.stopPropagation();
		keepFocus(() => onMove(event.key === 'ArrowUp' ? -1 : 1));
	};
	const name = level.name || String(place);
	return (
		<Box
			component="li"
			onKeyDown={moveByKey}
			sx={{
				display: 'grid',
				gap: 1,
				alignItems: 'start',
				gridTemplateColumns: 'minmax(0, 1fr) 84px auto',
				gridTemplateAreas: '"name points acts" "text text text"',
				'@container (min-width: 620px)': { gridTemplateColumns: 'minmax(100px, 1fr) minmax(0, 3fr) 84px auto', gridTemplateAreas: '"name text points acts"' },
			}}
		>
			<TextField
				value={level.name}
				error={isLeft && level.name.trim() === ''}
				onBlur={() => setLeft(true)}
				onChange={(event) => onChange({ name: event.target.value })}
				sx={{ gridArea: 'name' }}
				slotProps={{ htmlInput: { 'aria-label': t('rubric.levelName', { place }), dir: 'auto', maxLength: 100 } }}
			/>
			<TextField
				multiline
				maxRows={6}
				value={level.description}
				placeholder={t('rubric.levelText')}
				onChange={(event) => onChange({ description: event.target.value })}
				sx={{ gridArea: 'text' }}
				slotProps={{ htmlInput: { 'aria-label': t('rubric.levelTextOf', { name }), dir: 'auto', maxLength: 1000 } }}
			/>
			<Box sx={{ gridArea: 'points' }}>
				<PointsField isLabelHidden label={t('rubric.levelPointsOf', { name })} value={level.points} onChange={(points) => onChange({ points })} />
			</Box>
			<Box sx={{ gridArea: 'acts', display: 'flex', pt: 0.5, color: 'text.secondary' }}>
				<IconButton color="inherit" aria-label={t('rubric.moveUp', { name })} disabled={place === 1} onClick={() => keepFocus(() => onMove(-1))}>
					<UpIcon sx={{ fontSize: 16 }} />
				</IconButton>
				<IconButton color="inherit" aria-label={t('rubric.moveDown', { name })} disabled={isLast} onClick={() => keepFocus(() => onMove(1))}>
					<DownIcon sx={{ fontSize: 16 }} />
				</IconButton>
				<IconButton color="inherit" aria-label={t('rubric.removeNamed', { name })} disabled={!isRemovable} onClick={onRemove}>
					<RemoveIcon sx={{ fontSize: 16 }} />
				</IconButton>
			</Box>
		</Box>
	);
}
