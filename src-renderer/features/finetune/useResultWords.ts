import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import type { ResultRow } from './resultRows.ts';

/** The figures of an outcome as people read them. */
export function useResultWords() {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	return {
		value: ({ name, of }: Pick<ResultRow, 'name' | 'of'>, value: number | null): string => {
			if (value === null) return '–';
			if (name === 'exact') return format.percent(value);
			if (of !== null) return t('result.count', { count: format.number(value), of: format.number(of) });
			return format.number(value, name === 'validationLoss' ? 3 : name === 'forgetting' ? 2 : 1);
		},
		/** What the scores were taken from. */
		scope: ({ outcome }: Pick<Run, 'outcome'>): string => {
			const examples = outcome?.after?.examples ?? outcome?.before?.examples ?? 0;
			return examples > 0 ? t('result.scope', { count: examples }) : t('result.scopeNone');
		},
	};
}
