import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import type { DeskEye } from './arrangeDesk.ts';
import { DeskRow, rowHeightPx } from './DeskRow.tsx';
import { useDesk } from './deskStore.ts';
import { listDesk } from './listDesk.ts';
import { questionTitle } from './questionTitle.ts';
import { StudentHead, studentHeadHeightPx } from './StudentHead.tsx';

interface Props {
	assignment: Assignment;
	/** The answers have come; until then nothing is said of there being none. */
	isRead: boolean;
	shown: readonly Answer[];
	selectedId: string | null;
	eye: DeskEye;
	nameOf: (answer: Answer) => string;
}

/** The answers that are walked through. Only the rows in view are drawn, so that thousands scroll as lightly as ten. */
export function DeskList({ assignment, isRead, shown, selectedId, eye, nameOf }: Props) {
	const { t } = useTranslation('grading');
	const view = useDesk((state) => state.view);
	const scroller = useRef<HTMLDivElement>(null);
	const items = useMemo(() => listDesk(shown, view), [shown, view]);
	const questionNames = useMemo(() => new Map(assignment.questions.map((question) => [question.id, questionTitle(question, assignment)])), [assignment]);
	const rows = useVirtualizer({
		count: items.length,
		getScrollElement: () => scroller.current,
		estimateSize: (index) => (items[index]?.kind === 'student' ? studentHeadHeightPx : rowHeightPx),
		overscan: 5,
	});
	const selectedIndex = useMemo(() => items.findIndex((item) => item.kind === 'answer' && item.answer.id === selectedId), [items, selectedId]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the sizes of the rows follow from the view, and are measured anew with it
	useEffect(() => rows.measure(), [rows, view]);
	useEffect(() => {
		const inView = rows.range;
		// The rows at the edges may be half hidden. Asking only then spares a layout of the page for each step.
		const isWhollyInView = inView !== null && selectedIndex > inView.startIndex + 1 && selectedIndex < inView.endIndex - 1;
		// To the middle, so that the next few steps need none, and what comes next is in sight.
		const isAtTop = selectedIndex === 0 && (rows.scrollOffset ?? 0) === 0;
		if (selectedIndex >= 0 && !isWhollyInView && !isAtTop) rows.scrollToIndex(selectedIndex, { align: 'center' });
	}, [selectedIndex, rows]);
	useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
	return (
		<Box
			ref={scroller}
			id="desk"
			role="listbox"
			aria-label={t('desk.table')}
			aria-activedescendant={selectedIndex < 0 ? undefined : `answer-${selectedId}`}
			tabIndex={0}
			// The chosen row shows where the keyboard is.
			sx={{ flex: 1, minHeight: 0, overflow: 'auto', '&:focus-visible': { outline: 'none' } }}
		>
			<Box role="presentation" sx={{ position: 'relative', height: rows.getTotalSize() }}>
				{rows.getVirtualItems().map(({ index, start }) => {
					const item = items[index];
					if (!item) return null;
					if (item.kind === 'student')
						return <StudentHead key={index} name={nameOf(item.first)} answers={item.answers} assignment={assignment} eye={eye} topPx={start} />;
					const { answer } = item;
					const isByStudent = view === 'student';
					return (
						<DeskRow
							key={answer.id}
							answer={answer}
							name={nameOf(answer)}
							title={isByStudent ? (questionNames.get(answer.questionId) ?? '') : nameOf(answer)}
							place={item.index + 1}
							count={shown.length}
							topPx={start}
							isSelected={answer.id === selectedId}
							eye={eye}
						/>
					);
				})}
			</Box>
			{isRead && shown.length === 0 && <Typography sx={{ p: 2, color: 'text.secondary' }}>{t('filter.nothing')}</Typography>}
		</Box>
	);
}
