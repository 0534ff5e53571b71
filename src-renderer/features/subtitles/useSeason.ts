import { useEffect, useState } from 'react';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { notifyError } from '../../ui/notify.ts';

/** The other films of a project's season that no job works on; none where it is of no season. */
export function useSeason({ id, season }: SubtitleProject): SubtitleProject[] {
	const [others, setOthers] = useState<SubtitleProject[]>([]);
	useEffect(() => {
		if (season === '') return;
		let isCurrent = true;
		const isOther = (project: SubtitleProject) => project.id !== id && project.season === season && !isJobActive(project.job?.state);
		client.subtitles.list().then((all) => isCurrent && setOthers(all.filter(isOther)), notifyError);
		return () => {
			isCurrent = false;
		};
	}, [id, season]);
	return others;
}
