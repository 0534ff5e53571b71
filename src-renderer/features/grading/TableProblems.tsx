import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemGroup } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { useProblemWords } from './useProblemWords.ts';

const shownOfEach = 3;

/** What is odd in the table or the files, kind by kind, by row and column or by file, with what will become of it. `isEmpty`: there is nothing to look at. */
export function TableProblems({ problems, isEmpty = false }: { problems: ProblemGroup[]; isEmpty?: boolean }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = useProblemWords();
	const [isWhole, setWhole] = useState(false);
	if (problems.length === 0 && isEmpty) return <Typography sx={{ color: 'warning.main' }}>{t('problems.noRows')}</Typography>;
	if (problems.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t('problems.none')}</Typography>;
	const total = problems.reduce((sum, { count }) => sum + count, 0);
	const isLong = problems.some(({ count }) => count > shownOfEach);
	const listed = problems.flatMap((group) => {
		const shown = isWhole ? group.places : group.places.slice(0, shownOfEach);
		const entries = shown.map((place, at) => ({ key: `${group.code} ${at}`, place: words.place(place), words: words.sentence(group.code, place) }));
		const left = group.count - shown.length;
		return left === 0 ? entries : [...entries, { key: group.code, place: '', words: t('problems.like', { problems: format.number(left) }) }];
	});
	return (
		<>
			<ProblemList title={t('problems.title', { problems: format.number(total) })} problems={listed} maxHeight={isWhole ? 400 : 240} />
			{isLong && (
				<Button size="small" color="inherit" onClick={() => setWhole(!isWhole)} sx={{ alignSelf: 'flex-start', mt: -1 }}>
					{t(isWhole ? 'problems.fewer' : 'problems.all')}
				</Button>
			)}
		</>
	);
}
