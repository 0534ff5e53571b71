import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';
import { useSettings } from './settingsStore.ts';

const languages = [
	['en', 'English'],
	['zh', '中文'],
] as const;

/** What of the settings is changed from everywhere: staying offline, colours and language; each but the one that is so already. */
export function useSettingsActs(): Act[] {
	const { settings, change } = useSettings();
	const mayChangeMachine = useMay('admin');
	const navigate = useNavigate();
	if (settings === null) return [];
	const detail: Act['detail'] = (t) => t('app:nav.settings');
	const themes = (['system', 'light', 'dark'] as const).filter((theme) => theme !== settings.theme);
	return [
		...(mayChangeMachine
			? [
					{
						...{ id: 'settings.offline', kind: 'act' as const, detail },
						label: (t: Parameters<Act['label']>[0]) => t(settings.offline ? 'settings:palette.online' : 'settings:palette.offline'),
						also: (t: Parameters<Act['label']>[0]) => t('synonyms:act.offline'),
						run: () => change({ offline: !settings.offline }),
					},
				]
			: []),
		{
			...{ id: 'settings.firstSteps', kind: 'act', label: (t) => t('settings:firstSteps.show'), also: (t) => t('synonyms:act.firstSteps') },
			...{ detail: (t) => t('app:nav.home'), run: () => change({ firstSteps: 'shown' }).then(() => navigate('/')) },
		},
		...themes.map(
			(theme): Act => ({
				...{ id: `settings.theme.${theme}`, kind: 'act', label: (t) => t('settings:palette.theme', { theme: t(`settings:theme.${theme}`) }), detail },
				...{ also: (t) => t('synonyms:act.theme'), run: () => change({ theme }) },
			}),
		),
		...languages
			.filter(([language]) => language !== settings.language)
			.map(
				([language, name]): Act => ({
					...{ id: `settings.language.${language}`, kind: 'act', label: (t) => t('settings:palette.language', { language: name }), detail },
					...{ also: (t) => t('synonyms:act.language'), run: () => change({ language }) },
				}),
			),
	];
}
