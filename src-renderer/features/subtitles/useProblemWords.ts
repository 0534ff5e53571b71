import { useTranslation } from 'react-i18next';
import type { SubtitleProblem } from '#contract/subtitleCue.ts';
import { useFormat } from '../../ui/format.ts';

/** The words for what was odd in a subtitle file, and for where. */
export function useProblemWords() {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	return (problems: readonly SubtitleProblem[]) =>
		problems.map(({ what, line, found }, index) => {
			// The kinds come from the app that reads the files; one from a newer app has no words here.
			const words = t([`problems.${what}`, 'problems.other'] as never) as string;
			return { key: String(index), place: t('problems.line', { line: format.number(line) }), words: found === '' ? words : `${words} ${found}` };
		});
}
