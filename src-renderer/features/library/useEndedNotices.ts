import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { notify } from '../../ui/notify.ts';
import { endedWell } from './libraryJobs.ts';

/** Says in passing when work on models came to a good end while the screen was open; its line is gone by then. */
export function useEndedNotices(jobs: readonly Job[] | null): void {
	const { t } = useTranslation('library');
	const before = useRef<readonly Job[] | null>(null);
	useEffect(() => {
		for (const { kind, title, detail, itemsTotal } of endedWell(before.current, jobs)) {
			const about = itemsTotal > 1 ? t('jobs.more', { title, count: itemsTotal - 1 }) : title;
			// The last word of an export is the folder.
			notify(t(`ended.${kind}`, { title: about, folder: detail, defaultValue: about }));
		}
		before.current = jobs;
	}, [jobs, t]);
}
