import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figure } from '#contract/agreement.ts';
import { useFormat } from '../../ui/format.ts';

/** Says a figure with its 95 % interval, as fractions in per cent or as numbers; a dash where there is none. */
export function useIntervalWords(): {
	value: (figure: Figure, kind: 'percent' | 'number') => string;
	range: (figure: Figure, kind: 'percent' | 'number') => string;
} {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const say = useCallback((value: number, kind: 'percent' | 'number') => (kind === 'percent' ? format.percent(value) : format.number(value, 2)), [format]);
	const value = useCallback((figure: Figure, kind: 'percent' | 'number') => (figure.value === null ? '–' : say(figure.value, kind)), [say]);
	const range = useCallback(
		({ interval }: Figure, kind: 'percent' | 'number') =>
			interval ? t('agreement.between', { low: say(interval.low, kind), high: say(interval.high, kind) }) : t('agreement.tooFew'),
		[say, t],
	);
	return { value, range };
}
