import { useTranslation } from 'react-i18next';
import type { ProblemCode, ProblemPlace } from '#contract/grading.ts';
import { describeFailure } from '../../ui/describeFailure.ts';
import { useFormat } from '../../ui/format.ts';

/** The words for what is odd in what a class handed in, and for where it is. */
export function useProblemWords() {
	const { t } = useTranslation('grading');
	const { t: failures } = useTranslation('failures');
	const format = useFormat();
	return {
		place({ row, column, fileName }: ProblemPlace): string {
			if (fileName !== null) return fileName;
			const number = format.number(row ?? 0);
			return column === null ? t('problems.row', { row: number }) : t('problems.rowColumn', { row: number, column });
		},
		sentence(code: ProblemCode, { fileName, detail }: ProblemPlace): string {
			if (fileName !== null && code === 'undecodable') return t('problems.lostCharacters', { detail });
			if (code === 'tooLarge') return t('problems.tooLarge', { detail: format.bytes(Number(detail)) });
			if (code !== 'unreadable') return t(`problems.${code}`, { detail });
			const why =
				detail === 'workbook'
					? t('problems.workbook')
					: describeFailure({ code: 'DOCUMENT_INVALID', data: { fileName: fileName?.split('/').at(-1), reason: detail } }, failures, format).sentence;
			return t('problems.keptWithout', { why });
		},
	};
}
