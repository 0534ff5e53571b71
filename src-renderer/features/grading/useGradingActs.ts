import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';
import { readAssignments, useGrading } from './gradingStore.ts';

const mostRecent = 4;

/** What grading offers from everywhere: a class to take in, and the last ones. */
export function useGradingActs(): Act[] {
	const mayGrade = useMay('user');
	const navigate = useNavigate();
	const assignments = useGrading((state) => state.assignments);
	const openId = useGrading((state) => state.assignment?.id ?? null);
	useEffect(() => {
		if (mayGrade) void readAssignments();
	}, [mayGrade]);
	if (!mayGrade) return [];
	return [
		{
			id: 'grading.new',
			kind: 'act',
			label: (t) => t('grading:list.new'),
			detail: (t) => t('app:nav.grading'),
			also: (t) => t('synonyms:act.newClass'),
			run: () => navigate('/grading/new'),
		},
		...(openId === null ? [] : [addAnswers(() => navigate(`/grading/${openId}?add=yes`))]),
		...(assignments ?? []).slice(0, mostRecent).map(
			({ id, title, className }): Act => ({
				...{ id: `grading.recent.${id}`, kind: 'recent', label: () => [title, className].filter(Boolean).join(' · ') },
				...{ detail: (t) => t('app:nav.grading'), run: () => navigate(`/grading/${id}`) },
			}),
		),
	];
}

/** Of the class on the desk. */
function addAnswers(run: () => unknown): Act {
	return {
		id: 'grading.add',
		kind: 'act',
		label: (t) => t('grading:add.open'),
		detail: (t) => t('app:nav.grading'),
		also: (t) => t('synonyms:act.addAnswers'),
		run,
	};
}
