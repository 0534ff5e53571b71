import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Answer } from '#contract/grading.ts';
import { chooseQuestion, select, setFilter } from './deskStore.ts';

/** What can be seen of an assignment: the desk, how well model and teacher agree, how the class did, and which answers are alike. */
export const deskPages = ['desk', 'agreement', 'class', 'alike'] as const;
export type DeskPage = (typeof deskPages)[number];

/** Which of them the address says, and how to go to another. */
export function useDeskPage(): [DeskPage, (page: DeskPage) => void] {
	const [asked, setAsked] = useSearchParams();
	const named = asked.get('show');
	const page = deskPages.find((each) => each === named) ?? 'desk';
	const setPage = useCallback((next: DeskPage) => setAsked(next === 'desk' ? {} : { show: next }), [setAsked]);
	return [page, setPage];
}

/** Puts an answer in the middle of the desk, whatever was shown there. */
export function useShowAnswer(): (answer: Pick<Answer, 'id' | 'submissionId' | 'questionId'>) => void {
	const [, setPage] = useDeskPage();
	return useCallback(
		(answer) => {
			chooseQuestion(answer.questionId);
			setFilter('all');
			select(answer);
			setPage('desk');
		},
		[setPage],
	);
}
