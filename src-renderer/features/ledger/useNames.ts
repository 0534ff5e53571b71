import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import type { Use } from '#contract/ledger.ts';
import { type Grouping, modelNamesOf } from './arrangeUse.ts';
import { taskOf } from './tasks.ts';

/** Tells what a group of use is called; null is all that have no place of their own. */
export type NameOf = (key: string | null, by: Grouping) => string;

/** The names of people, models and tasks, also of those that are gone. */
export function useNames(uses: readonly Use[], people: readonly Person[]): NameOf {
	const { t } = useTranslation('ledger');
	const models = useMemo(() => modelNamesOf(uses), [uses]);
	const accounts = useMemo(() => new Map(people.map(({ id, name }) => [id, name])), [people]);
	return useCallback(
		(key, by) => {
			if (key === null) return t('use.others');
			if (by === 'person') return accounts.get(key) ?? t('use.deletedAccount');
			if (by === 'model') return models.get(key) ?? t('use.goneModel');
			const task = taskOf(key);
			return task === null ? key : t(`task.${task}`);
		},
		[t, models, accounts],
	);
}
