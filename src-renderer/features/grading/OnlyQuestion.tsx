import { setQuestion, useNewAssignment } from './newAssignmentStore.ts';
import { QuestionForm } from './QuestionForm.tsx';
import type { QuestionDraft } from './questionDraft.ts';
import { RubricEditor } from './RubricEditor.tsx';

/** The question of a new assignment that has one: what is asked, or by what it is judged, each where the page has room for it. */
export function OnlyQuestion({ part }: { part: 'form' | 'rubric' }) {
	const question = useNewAssignment((state) => state.questions[0]);
	const fields = useNewAssignment((state) => state.fields);
	if (question === undefined) return null;
	return part === 'form' ? <QuestionForm question={question} onChange={change} /> : <RubricEditor question={question} about={fields} onChange={change} />;
}

function change(how: (draft: QuestionDraft) => QuestionDraft): void {
	setQuestion(0, how);
}
