import { useTranslation } from 'react-i18next';
import type { DatasetProblem } from '#contract/finetune.ts';
import { excerptOf } from '../../ui/excerptOf.ts';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';

/** What was left out of a source, by row and field, and why. `total`: how many there are, shown or not. */
export function DatasetProblems({ problems, total, maxHeight = 240 }: { problems: readonly DatasetProblem[]; total: number; maxHeight?: number }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	if (problems.length === 0) return null;
	const place = ({ row, field }: DatasetProblem) =>
		field === null ? t('datasets.row', { row: format.number(row) }) : t('datasets.rowField', { row: format.number(row), field: excerptOf(field) });
	const words = ({ code, detail }: DatasetProblem) => {
		if (code === 'duplicate' && detail !== '') return t('datasets.problems.duplicateOf', { row: detail });
		const problem = t(`datasets.problems.${code}`);
		return detail === '' ? problem : t('datasets.problems.found', { problem, detail: excerptOf(detail) });
	};
	return (
		<ProblemList
			title={t('datasets.problems.title', { count: total, number: format.number(total) })}
			// Read once and never reordered: several rows may have the same problem.
			problems={problems.map((problem, index) => ({ key: `${index} ${problem.row}`, place: place(problem), words: words(problem) }))}
			more={total > problems.length ? t('datasets.problems.more', { number: format.number(total - problems.length) }) : null}
			maxHeight={maxHeight}
		/>
	);
}
