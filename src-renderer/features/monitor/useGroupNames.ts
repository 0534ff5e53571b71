import { useTranslation } from 'react-i18next';
import type { CountedBy } from '#contract/monitor.ts';

const tasks = ['chat', 'convert', 'grading', 'subtitles', 'finetune', 'api'] as const;
/** Tells what a model, person, key, task, code or route is called; an empty key is all others. */
export function useGroupNames(): (by: CountedBy, group: { key: string; name: string | null }) => string {
	const { t } = useTranslation('monitor');
	return (by, { key, name }) => {
		if (key === '') return t('others');
		if (name !== null) return name;
		const task = tasks.find((known) => known === key);
		if (by === 'task' && task) return t(`task.${task}`);
		// A code from another version of Homeroom stands for itself.
		if (by === 'code') return t(`ending.${key}` as 'ending.ok', { defaultValue: key });
		if (by === 'model' || by === 'account' || by === 'key') return t(`gone.${by}`);
		return key === 'none' ? t('noRoute') : key;
	};
}
