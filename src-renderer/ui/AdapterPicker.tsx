import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import FormControlLabel from '@mui/material/FormControlLabel';
import Popover from '@mui/material/Popover';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';

/** An adapter that can be picked. */
interface AdapterChoice {
	id: string;
	name: string;
	/** Among those of its name. */
	version: number;
}

interface Picked {
	id: string;
	scale: number;
}

export interface AdapterPickerProps {
	/** Null until known. */
	choices: readonly AdapterChoice[] | null;
	value: Picked | null;
	onPick: (picked: Picked | null) => void;
}

/** Picks the adapter that a model answers with, and how strongly; not there where there is none to pick and none to take off. */
export function AdapterPicker({ choices, value, onPick }: AdapterPickerProps) {
	const { t } = useTranslation('ui');
	const format = useFormat();
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	if (choices === null || (choices.length === 0 && value === null)) return null;
	const picked = choices.find(({ id }) => id === value?.id);
	const nameOf = ({ name, version }: AdapterChoice) => (version > 1 ? t('adapter.version', { name, version: format.number(version) }) : name);
	const name = value === null ? t('adapter.none') : picked ? nameOf(picked) : t('adapter.gone');
	const strength = value === null || value.scale === 1 ? null : t('adapter.times', { scale: format.number(value.scale, 1) });
	const shown = [name, strength].filter(Boolean).join(' ');
	return (
		<>
			<Button
				variant="outlined"
				color={value !== null && !picked ? 'warning' : 'inherit'}
				size="small"
				aria-haspopup="dialog"
				aria-label={t('adapter.label', { name: shown })}
				onClick={(event) => setAnchor(event.currentTarget)}
				endIcon={<ExpandIcon />}
				sx={{ maxWidth: 200, minWidth: 0 }}
			>
				<Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
					{name}
				</Box>
				{/* A long name is cut off, how strongly it works is not. */}
				{strength !== null && (
					<Box component="span" sx={{ flex: 'none', whiteSpace: 'pre' }}>
						{` ${strength}`}
					</Box>
				)}
			</Button>
			<Popover
				open={anchor !== null}
				anchorEl={anchor}
				onClose={() => setAnchor(null)}
				anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
				transformOrigin={{ vertical: 'top', horizontal: 'right' }}
				slotProps={{ paper: { role: 'dialog', 'aria-label': t('adapter.title'), sx: { width: 320, p: 2 } } }}
			>
				<RadioGroup
					aria-label={t('adapter.title')}
					value={picked?.id ?? ''}
					onChange={(_, id) => onPick(id === '' ? null : { id, scale: value?.scale ?? 1 })}
					sx={{ flexWrap: 'nowrap', maxHeight: 280, overflowY: 'auto', pl: 1.5, ml: -1.5 }}
				>
					{/* One that is gone is taken off by choosing none, which must then not be the chosen one. */}
					<FormControlLabel value="" control={<Radio size="small" checked={value === null} />} label={t('adapter.none')} />
					{choices.map((choice) => (
						<FormControlLabel key={choice.id} value={choice.id} control={<Radio size="small" />} label={nameOf(choice)} />
					))}
				</RadioGroup>
				{value !== null && picked && (
					<>
						<Divider sx={{ my: 1.5 }} />
						<Strength key={picked.id} scale={value.scale} onCommit={(scale) => onPick({ id: picked.id, scale })} />
					</>
				)}
			</Popover>
		</>
	);
}

/** How strongly the adapter works; told once the slider is let go. */
function Strength({ scale, onCommit }: { scale: number; onCommit: (scale: number) => void }) {
	const { t } = useTranslation('ui');
	const format = useFormat();
	const [moved, setMoved] = useState(scale);
	const id = useId();
	return (
		<>
			<Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
				<Typography id={id}>{t('adapter.strength')}</Typography>
				<Typography sx={{ fontVariantNumeric: 'tabular-nums' }}>{format.number(moved, 1)}</Typography>
			</Box>
			<Slider
				aria-labelledby={id}
				size="small"
				min={0}
				max={2}
				step={0.1}
				marks={[{ value: 1 }]}
				value={moved}
				onChange={(_, next) => setMoved(single(next))}
				onChangeCommitted={(_, next) => onCommit(single(next))}
			/>
			<Typography variant="caption" sx={{ color: 'text.secondary' }}>
				{t('adapter.strengthHelp')}
			</Typography>
		</>
	);
}

/** A slider of one thumb, in tenths: adding up tenths leaves a rest in the last digits. */
function single(value: number | number[]): number {
	return Math.round((typeof value === 'number' ? value : (value[0] ?? 1)) * 10) / 10;
}
