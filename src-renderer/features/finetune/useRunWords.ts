import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/finetune.ts';
import { isMeasured } from './isMeasured.ts';

const tones = { running: 'busy', queued: 'quiet', paused: 'warn', interrupted: 'warn', failed: 'bad', completed: 'good', cancelled: 'quiet' } as const;

/** What a run is called by its state, and what it is about, in the reader's words. */
export function useRunWords() {
	const { t } = useTranslation('finetune');
	return {
		tone: (run: Run) => tones[run.job.state],
		/** A running one is called by what is being done. */
		state: (run: Run) => {
			if (run.job.state !== 'running' || run.stage === 'done') return t(`state.${run.job.state}`);
			return run.stage === 'training' && isMeasured(run) ? t('stage.measuring') : t(`stage.${run.stage}`);
		},
		dataset: (run: Run) => (run.dataset ? t('datasetVersion', { title: run.dataset.title, number: run.dataset.number }) : t('runs.datasetGone')),
		about: (run: Run) =>
			[
				run.modelName,
				run.dataset ? t('datasetVersion', { title: run.dataset.title, number: run.dataset.number }) : t('runs.datasetGone'),
				t(`intent.${run.intent}.title`),
			].join(' · '),
	};
}
