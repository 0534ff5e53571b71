import { useNavigate } from 'react-router';
import { useChatActs } from '../features/chat/useChatActs.ts';
import { useDeletedActs } from '../features/deleted/useDeletedActs.ts';
import { useFinetuneActs } from '../features/finetune/useFinetuneActs.ts';
import { useGradingActs } from '../features/grading/useGradingActs.ts';
import { useLibraryActs } from '../features/library/useLibraryActs.ts';
import { useSettingsActs } from '../features/settings/useSettingsActs.ts';
import { useSubtitleActs } from '../features/subtitles/useSubtitleActs.ts';
import { includesRole, useMe } from '../rpc/useMe.ts';
import type { Act } from '../ui/Act.ts';
import { openKeys } from './keysStore.ts';
import { type Route, routes } from './routes.tsx';

/** Everything that the reader can do from anywhere: what each feature offers, and every screen. */
export function useActs(): Act[] {
	const featured = [useChatActs(), useGradingActs(), useSubtitleActs(), useFinetuneActs(), useLibraryActs(), useSettingsActs(), useDeletedActs()];
	const navigate = useNavigate();
	const me = useMe((state) => state.me);
	const shown = routes.filter((route) => wordOf(route) !== '' && me !== null && includesRole(me.role, route.role));
	const places = shown.map(
		(route): Act => ({
			id: `place.${route.to}`,
			kind: 'place',
			label: (t) => placeName(route, t),
			also: (t) => t(`synonyms:place.${wordOf(route)}`),
			run: () => navigate(route.to),
		}),
	);
	const keys: Act = { id: 'app.keys', kind: 'act', label: (t) => t('app:keys.title'), detail: () => '?', also: (t) => t('synonyms:act.keys'), run: openKeys };
	return [...featured.flat(), keys, ...places];
}

function placeName({ rail, tab }: Route, t: Parameters<Act['label']>[0]): string {
	if (tab?.label) return t('app:palette.place', { place: t(`app:tabs.label.${tab.place}`), tab: t(`app:${tab.label}`) });
	return rail ? t(`app:${rail.label}`) : '';
}

/** The word by which a screen's synonyms are kept: the last of its name's key; empty for a screen that is in no list. */
export function wordOf({ rail, tab }: Route): string {
	return (tab?.label ?? rail?.label ?? '').split('.').at(-1) ?? '';
}
