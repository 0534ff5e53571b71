import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { sumBlockBytes } from '#contract/sumBlockBytes.ts';
import { useFormat } from '../../ui/format.ts';

/** How many blocks a check found wrong, of how many; at least one where it found wrong bytes. */
function countBlocks(badBytes: number, sizeBytes: number): { bad: number; total: number } {
	return { bad: Math.ceil(badBytes / sumBlockBytes), total: Math.max(1, Math.ceil(sizeBytes / sumBlockBytes)) };
}

/** Says what the last check of a model found. */
export function useCheckWords(): (check: NonNullable<Model['check']>, sizeBytes: number) => string {
	const { t } = useTranslation('library');
	const format = useFormat();
	return ({ result, at, badBytes }, sizeBytes) => {
		if (result !== 'damaged') return t(`check.${result}`, { when: format.moment(at) });
		if (badBytes === 0) return t('check.damaged', { when: format.moment(at) });
		const { bad, total } = countBlocks(badBytes, sizeBytes);
		return t('check.blocks', { bad: format.number(bad), total: format.number(total), bytes: format.bytes(badBytes) });
	};
}
