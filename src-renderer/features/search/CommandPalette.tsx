import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Act } from '../../ui/Act.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyError } from '../../ui/notify.ts';
import { PaletteRow } from './PaletteRow.tsx';
import { type PaletteLine, usePaletteLines } from './usePaletteLines.ts';

interface Props {
	/** Everything that can be done from here, in its order. */
	acts: readonly Act[];
	/** What of the handbook fits what is typed; without a word, its pages. */
	findPages: (typed: string) => Act[];
	onClose: () => void;
}

/**
 * Every act and place of the app under the keyboard: what is typed narrows them, and is looked for in what the reader wrote.
 * Arrows, Home and End with Ctrl choose a line, Enter does it, Escape leaves.
 */
export function CommandPalette({ acts, findPages, onClose }: Props) {
	const { t } = useTranslation('search');
	const navigate = useNavigate();
	const [typed, setTyped] = useState('');
	const shown = useDeferredValue(typed);
	const { groups, lines, isComplete, isAsking, error } = usePaletteLines(acts, findPages, shown);
	const [chosenId, setChosenId] = useState<string | null>(null);
	const [isEntered, setEntered] = useState(false);
	const listId = useId();
	// What was chosen stays so while lines come and go; else the first one is.
	const at = Math.max(
		0,
		lines.findIndex(({ id }) => id === chosenId),
	);
	const chosen = lines[at];
	const take = (line: PaletteLine) => {
		onClose();
		if (line.to !== undefined) void navigate(line.to);
		else
			Promise.resolve()
				.then(() => line.act?.run())
				.catch(notifyError);
	};
	// Enter may come before the lines of what was typed: it waits for them, and for what is looked for where no act fits.
	const isSettled = shown === typed && (!isAsking || chosenId !== null || groups[0]?.name === 'best');
	useEffect(() => {
		if (!isEntered || !isSettled) return;
		setEntered(false);
		if (chosen) take(chosen);
	});
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.nativeEvent.isComposing) return;
		const to = keyMove(event, at, lines.length);
		if (to !== null) setChosenId(lines[to]?.id ?? null);
		else if (event.key === 'Enter') setEntered(true);
		else return;
		event.preventDefault();
	};
	return (
		<Dialog
			open
			onClose={onClose}
			fullWidth
			maxWidth="sm"
			aria-label={t('label')}
			sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
			slotProps={{ paper: { sx: { mt: '10vh', maxHeight: '70vh', overflow: 'hidden' } } }}
		>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
				<SearchIcon aria-hidden sx={{ color: 'text.secondary' }} />
				<InputBase
					autoFocus
					fullWidth
					value={typed}
					placeholder={t('placeholder')}
					onChange={(event) => {
						setTyped(event.target.value);
						setChosenId(null);
						setEntered(false);
					}}
					onKeyDown={onKeyDown}
					inputProps={{
						...{ role: 'combobox', 'aria-label': t('label'), 'aria-expanded': lines.length > 0, 'aria-controls': listId, 'aria-autocomplete': 'list' },
						...{ 'aria-activedescendant': chosen ? `${listId}-${at}` : undefined, dir: 'auto', spellCheck: false, autoComplete: 'off', maxLength: 200 },
					}}
				/>
			</Box>
			<Box id={listId} role="listbox" aria-label={t('found')} sx={{ overflow: 'auto', flex: 1, minHeight: 0, py: 0.5, '&:empty': { p: 0 } }}>
				{groups.map((group) => (
					<Box key={group.name} role="group" aria-labelledby={`${listId}-${group.name}`}>
						<Typography
							id={`${listId}-${group.name}`}
							variant="caption"
							component="div"
							sx={{ px: 2, pt: 1, pb: 0.5, color: 'text.secondary', fontWeight: 600 }}
						>
							{t(`groups.${group.name}`)}
						</Typography>
						{group.lines.map((line) => (
							<PaletteRow
								key={line.id}
								line={line}
								rowId={`${listId}-${lines.indexOf(line)}`}
								isChosen={line === chosen}
								onPoint={() => setChosenId(line.id)}
								onTake={() => take(line)}
							/>
						))}
					</Box>
				))}
			</Box>
			<ErrorNotice error={error} sx={{ m: 1 }} />
			<Footing typed={typed} count={lines.length} isComplete={isComplete} isAsking={isAsking} />
		</Dialog>
	);
}

/** Says how many there are, or what else could be typed, and which keys there are. */
function Footing({ typed, count, isComplete, isAsking }: { typed: string; count: number; isComplete: boolean; isAsking: boolean }) {
	const { t } = useTranslation('search');
	const words = isAsking ? '' : count === 0 ? t('none', { words: typed.trim() }) : t('count', { count });
	const said = useRef(words);
	useEffect(() => {
		if (words !== '') said.current = words;
	}, [words]);
	return (
		<Box sx={{ display: 'flex', gap: 2, px: 2, py: 1, borderTop: 1, borderColor: 'divider', color: 'text.secondary', typography: 'caption' }}>
			<Box role="status" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
				{words || said.current}
				{!isComplete && ` ${t('incomplete')}`}
			</Box>
			<Box aria-hidden sx={{ whiteSpace: 'nowrap' }}>
				{t('keys')}
			</Box>
		</Box>
	);
}

/** Which line an arrow leads to, round the ends; Home and End with Ctrl to the first and the last. Null for every other key. */
function keyMove({ key, ctrlKey, metaKey }: KeyboardEvent, at: number, count: number): number | null {
	if (count === 0) return null;
	if (key === 'ArrowDown') return (at + 1) % count;
	if (key === 'ArrowUp') return (at - 1 + count) % count;
	if (key === 'PageDown') return Math.min(count - 1, at + 8);
	if (key === 'PageUp') return Math.max(0, at - 8);
	if (ctrlKey || metaKey) return key === 'Home' ? 0 : key === 'End' ? count - 1 : null;
	return null;
}
