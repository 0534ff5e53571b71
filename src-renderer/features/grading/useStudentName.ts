import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { useDesk } from './deskStore.ts';
import { numberStudents } from './numberStudents.ts';

/** How a student is called on the desk: by name, or by a number that stays the same where the assignment is marked blind. */
export function useStudentName(
	assignment: Assignment,
	answers: readonly Answer[],
): (answer: Pick<Answer, 'submissionId' | 'studentName' | 'studentId'>) => string {
	const { t } = useTranslation('grading');
	const namesShown = useDesk((state) => state.namesShown);
	const isHidden = assignment.blind && !namesShown;
	const numbers = useMemo(() => numberStudents(answers), [answers]);
	return useMemo(
		() =>
			({ submissionId, studentName, studentId }) =>
				isHidden ? t('desk.student', { number: numbers.get(submissionId) ?? 0 }) : studentName || studentId || t('desk.unnamed'),
		[isHidden, numbers, t],
	);
}
