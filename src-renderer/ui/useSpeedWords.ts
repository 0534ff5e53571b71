import { useTranslation } from 'react-i18next';
import type { PlanVerdict } from '#contract/engine.ts';
import { useFormat } from './format.ts';
import { wordsPerMinute } from './wordsPerMinute.ts';

/** Tells how quickly a model writes on this machine, with where that is known from; nothing where it cannot be told. */
export function useSpeedWords(): (speed: PlanVerdict['speed']) => string {
	const { t, i18n } = useTranslation('ui');
	const format = useFormat();
	return (speed) => (speed === null ? '' : t(`speed.${speed.basis}`, { words: format.number(wordsPerMinute(speed.tokensPerSecond, i18n.language)) }));
}
