import Box from '@mui/material/Box';
import type { AssignmentFields } from '#contract/grading.ts';
import { QuestionEditor } from './QuestionEditor.tsx';
import { QuestionList } from './QuestionList.tsx';
import type { QuestionDraft } from './questionDraft.ts';

interface Props {
	questions: readonly QuestionDraft[];
	/** What a model that drafts a rubric is told beside the question. */
	about: Pick<AssignmentFields, 'subject' | 'gradeLevel'>;
	chosen: number;
	onChoose: (at: number) => void;
	onChange: (at: number, change: (draft: QuestionDraft) => QuestionDraft) => void;
	onPointsOfAll: (points: number) => void;
}

/** The questions of an assignment: a list of them where there are several, and the one that is chosen to be written. */
export function QuestionsEditor({ questions, about, chosen, onChoose, onChange, onPointsOfAll }: Props) {
	const question = questions[chosen];
	const isMany = questions.length > 1;
	return (
		<Box
			sx={{
				display: 'grid',
				gridTemplateColumns: { xs: 'minmax(0, 1fr)', ...(isMany && { md: '240px minmax(0, 1fr)' }) },
				gap: 3,
				alignItems: 'start',
				'& > ul': { maxHeight: { xs: 176, md: 560 }, position: { md: 'sticky' }, top: 8 },
			}}
		>
			{isMany && <QuestionList questions={questions} chosen={chosen} onChoose={onChoose} />}
			{question && (
				<QuestionEditor
					key={chosen}
					question={question}
					about={about}
					onChange={(change) => onChange(chosen, change)}
					{...(isMany && { onPointsOfAll: () => onPointsOfAll(question.points) })}
				/>
			)}
		</Box>
	);
}
