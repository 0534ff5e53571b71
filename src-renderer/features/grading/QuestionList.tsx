import Box from '@mui/material/Box';
import ListItemButton from '@mui/material/ListItemButton';
import Typography from '@mui/material/Typography';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { QuestionDraft } from './questionDraft.ts';
import { useMissingWords } from './useMissingWords.ts';

interface Props {
	questions: readonly QuestionDraft[];
	chosen: number;
	onChoose: (at: number) => void;
}

/** The questions by their names, each with its beginning, its points, and what it still lacks; arrow keys go through them. */
export function QuestionList({ questions, chosen, onChoose }: Props) {
	const { t } = useTranslation('grading');
	const list = useRef<HTMLUListElement>(null);
	useEffect(() => {
		list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
	}, [chosen]);
	const moveByKey = (event: KeyboardEvent) => {
		const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
		const next = list.current?.children[chosen + by]?.firstElementChild;
		if (by === 0 || !(next instanceof HTMLElement)) return;
		event.preventDefault();
		onChoose(chosen + by);
		next.focus();
	};
	return (
		<Box
			component="ul"
			ref={list}
			aria-label={t('questions.label')}
			onKeyDown={moveByKey}
			sx={{
				listStyle: 'none',
				m: 0,
				p: 0,
				overflow: 'auto',
				contain: 'content',
				border: 1,
				borderColor: 'divider',
				borderRadius: 1,
				bgcolor: 'background.paper',
			}}
		>
			{questions.map((question, at) => (
				<QuestionRow key={question.found.heading} question={question} at={at} isChosen={at === chosen} onChoose={onChoose} />
			))}
		</Box>
	);
}

/** One of the questions; drawn again only when it changes, as there may be 200 beside the one that is being typed. */
const QuestionRow = memo(function QuestionRow({
	question,
	at,
	isChosen,
	onChoose,
}: {
	question: QuestionDraft;
	at: number;
	isChosen: boolean;
	onChoose: (at: number) => void;
}) {
	const format = useFormat();
	const missing = useMissingWords()(question);
	return (
		<li>
			<ListItemButton
				selected={isChosen}
				aria-current={isChosen}
				tabIndex={isChosen ? 0 : -1}
				onClick={() => onChoose(at)}
				sx={{ display: 'block', px: 1.5, py: 0.75 }}
			>
				<Box sx={{ display: 'flex', gap: 1 }}>
					<Typography component="span" dir="auto" noWrap sx={{ flex: 1, minWidth: 0, fontWeight: isChosen ? 600 : 400 }}>
						{question.name}
					</Typography>
					<Typography component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
						{Number.isNaN(question.points) ? '?' : format.number(question.points, 2)}
					</Typography>
				</Box>
				<Typography component="span" variant="caption" dir="auto" noWrap sx={{ display: 'block', color: missing ? 'warning.main' : 'text.secondary' }}>
					{missing ?? question.text.slice(0, 120)}
				</Typography>
			</ListItemButton>
		</li>
	);
});
