import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { turnAct } from './benchActs.ts';
import { keepDrafts } from './cueDraft.ts';
import { useSubtitles } from './subtitlesStore.ts';

/** Takes back the last act or does it again, and says what that was and where. */
export function useTurnAct(): (way: 'undo' | 'redo') => Promise<void> {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	return async (way) => {
		if (!(await keepDrafts())) return;
		const act = await turnAct(way);
		if (act === 'failed') return;
		if (act === null) return notify(t(`bench.nothing.${way}`));
		const cues = useSubtitles.getState().cues ?? [];
		const first = cues.findIndex(({ id }) => id === act.cueIds[0]) + 1;
		notify(t(`bench.turned.${way}`, { act: t(`bench.acts.${act.what}`, { count: act.cueIds.length, first: format.number(first) }) }));
	};
}
