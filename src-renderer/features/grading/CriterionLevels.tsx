import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Criterion, Level } from '#contract/rubric.ts';
import { LevelRow } from './LevelRow.tsx';
import { moveItem } from './moveItem.ts';
import { newId } from './newId.ts';
import { PointsField } from './PointsField.tsx';

const fewestLevels = 2;
const mostLevels = 10;

interface Props {
	criterion: Criterion;
	onChange: (change: (criterion: Criterion) => Criterion) => void;
	onLevelRemoved: (name: string, putBack: (criterion: Criterion) => Criterion) => void;
}

/** What can be earned by a criterion: its levels, or the points of what must, or must not, be in the answer. */
export function CriterionLevels({ criterion, onChange, onLevelRemoved }: Props) {
	const { t } = useTranslation('grading');
	const { kind, levels } = criterion;
	const changeLevel = (levelId: string, change: Partial<Level>) =>
		onChange((before) => ({ ...before, levels: before.levels.map((level) => (level.id === levelId ? { ...level, ...change } : level)) }));
	const [first] = levels;
	if (kind !== 'levels') {
		if (first === undefined) return null;
		const isTakenOff = kind === 'mustNotHave';
		return (
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
				<Typography sx={{ flex: '0 1 auto' }}>{t(isTakenOff ? 'rubric.takenOff' : 'rubric.earned')}</Typography>
				<Box sx={{ width: 84 }}>
					<PointsField
						isLabelHidden
						label={t(isTakenOff ? 'rubric.takenOff' : 'rubric.earned')}
						isTakenOff={isTakenOff}
						value={first.points}
						onChange={(points) => changeLevel(first.id, { points })}
					/>
				</Box>
			</Box>
		);
	}
	const remove = (at: number) => {
		const level = levels[at];
		if (level === undefined) return;
		onChange((before) => ({ ...before, levels: before.levels.filter(({ id }) => id !== level.id) }));
		onLevelRemoved(level.name, (before) => ({ ...before, levels: before.levels.toSpliced(at, 0, level) }));
	};
	const add = () => onChange((before) => ({ ...before, levels: [...before.levels, { id: newId(), name: '', description: '', points: 0 }] }));
	return (
		<>
			<Box component="ul" aria-label={t('rubric.levels')} sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 1 }}>
				{levels.map((level, at) => (
					<LevelRow
						key={level.id}
						level={level}
						place={at + 1}
						isLast={at === levels.length - 1}
						isRemovable={levels.length > fewestLevels}
						onChange={(change) => changeLevel(level.id, change)}
						onMove={(by) => onChange((before) => ({ ...before, levels: moveItem(before.levels, at, by) }))}
						onRemove={() => remove(at)}
					/>
				))}
			</Box>
			{levels.length < mostLevels && (
				<Button size="small" color="inherit" startIcon={<AddIcon />} onClick={add} sx={{ justifySelf: 'start' }}>
					{t('rubric.addLevel')}
				</Button>
			)}
		</>
	);
}
