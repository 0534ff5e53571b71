import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rubric } from '#contract/rubric.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { type PastedRubric, rubricFromTable } from './rubricFromTable.ts';
import { sumOfBest } from './sumOfBest.ts';

const nothing: PastedRubric = { rubric: [], problems: [] };

/** Takes a rubric from the cells of a spreadsheet, and says before it is taken what it makes of them. `room` is for how many criteria there is some. */
export function PasteRubricDialog({ room, onTake, onClose }: { room: number; onTake: (rubric: Rubric) => void; onClose: () => void }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const [text, setText] = useState('');
	const { read, isUnreadable } = usePastedRubric(useDeferredValue(text), room);
	return (
		<ConfirmDialog
			open
			title={t('rubric.paste.title')}
			confirmLabel={t('rubric.paste.take')}
			isReady={read.rubric.length > 0}
			onConfirm={() => onTake(read.rubric)}
			onClose={onClose}
		>
			<Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{t('rubric.paste.text')}</Typography>
			<TextField
				autoFocus
				fullWidth
				multiline
				minRows={6}
				maxRows={12}
				value={text}
				placeholder={t('rubric.paste.placeholder')}
				onChange={(event) => setText(event.target.value)}
				slotProps={{
					htmlInput: { 'aria-label': t('rubric.paste.label'), dir: 'auto', spellCheck: false, maxLength: 200_000 },
					input: { sx: { typography: 'caption' } },
				}}
			/>
			<Typography role="status" sx={{ my: 1, minHeight: 21, color: isUnreadable ? 'warning.main' : 'text.primary' }}>
				{isUnreadable
					? t('rubric.paste.unreadable')
					: text.trim() !== '' && t('rubric.paste.found', { criteria: format.number(read.rubric.length), points: format.number(sumOfBest(read.rubric), 2) })}
			</Typography>
			{read.problems.length > 0 && (
				<ProblemList
					title={t('problems.title', { problems: format.number(read.problems.length) })}
					problems={read.problems.map(({ row, column, code, detail }) => ({
						key: `${row} ${column} ${code}`,
						place: t('rubric.paste.place', { row: format.number(row), column: format.number(column) }),
						words: t(`rubric.paste.problems.${code}`, { detail }),
					}))}
				/>
			)}
		</ConfirmDialog>
	);
}

/** Reads what is pasted; what reads tables is fetched when it is first needed. */
function usePastedRubric(text: string, room: number): { read: PastedRubric; isUnreadable: boolean } {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const [state, setState] = useState({ read: nothing, isUnreadable: false });
	useEffect(() => {
		let isCurrent = true;
		const read = async () => {
			const { readCells } = await import('./readCells.ts');
			return rubricFromTable(readCells(text), (points) => t('rubric.paste.levelName', { points: format.number(points, 2) }), room);
		};
		read().then(
			(found) => isCurrent && setState({ read: found, isUnreadable: false }),
			() => isCurrent && setState({ read: nothing, isUnreadable: true }),
		);
		return () => {
			isCurrent = false;
		};
	}, [text, room, t, format]);
	return state;
}
