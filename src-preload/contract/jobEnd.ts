import type { Job } from './jobs.ts';
import type { LinkedScreen } from './linkedScreens.ts';

const endedKinds = ['grading', 'subtitles', 'listen', 'convert', 'finetune', 'merge', 'download'] as const;
const screensOfKinds: Record<(typeof endedKinds)[number] | 'work', LinkedScreen> = {
	...{ grading: 'grading', subtitles: 'subtitles', listen: 'subtitles', convert: 'convert' },
	...{ finetune: 'finetune', merge: 'finetune', download: 'models', work: 'home' },
};

export interface JobEnd {
	title: (typeof endedKinds)[number] | 'work' | 'failed';
	detail: 'look' | 'items' | 'itemsFailed';
	screen: LinkedScreen;
	done: number;
	total: number;
	failed: number;
}

/**
 * What is told of a job that ended, outside of the window: the key of the words for its kind (`ended` in the texts of `shell`), the screen that
 * shows it, and numbers. Nothing that anybody wrote: whoever looks at the screen may not be who it is for.
 */
export function endOf(job: Pick<Job, 'kind' | 'state' | 'itemsTotal' | 'itemsDone' | 'itemsFailed'>): JobEnd {
	const kind = endedKinds.find((one) => one === job.kind) ?? 'work';
	const detail = job.itemsFailed > 0 ? 'itemsFailed' : 'items';
	return {
		title: job.state === 'failed' ? 'failed' : kind,
		detail: job.itemsTotal < 2 ? 'look' : detail,
		screen: screensOfKinds[kind],
		done: job.itemsDone,
		total: job.itemsTotal,
		failed: job.itemsFailed,
	};
}
