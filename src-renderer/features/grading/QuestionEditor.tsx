import Box from '@mui/material/Box';
import type { AssignmentFields } from '#contract/grading.ts';
import { QuestionForm } from './QuestionForm.tsx';
import type { QuestionDraft } from './questionDraft.ts';
import { RubricEditor } from './RubricEditor.tsx';

interface Props {
	question: QuestionDraft;
	/** What a model that drafts a rubric is told beside the question. */
	about: Pick<AssignmentFields, 'subject' | 'gradeLevel'>;
	onChange: (change: (draft: QuestionDraft) => QuestionDraft) => void;
	/** Gives all questions the points of this one; left out where there is no other. */
	onPointsOfAll?: () => void;
}

/** All of one question: what is asked and expected, and by what it is judged. */
export function QuestionEditor({ question, about, onChange, onPointsOfAll }: Props) {
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 3, minWidth: 0 }}>
			<QuestionForm question={question} onChange={onChange} {...(onPointsOfAll && { onPointsOfAll })} />
			<RubricEditor question={question} about={about} onChange={onChange} />
		</Box>
	);
}
