import { useTranslation } from 'react-i18next';
import type { AdditionNote, AdditionPreview } from '#contract/addition.ts';
import type { Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { useDesk } from './deskStore.ts';

/** Who is not told for certain, or looks like somebody else. Where names are hidden, they are here too. */
export function AdditionNotes({ assignment, compared: { notes, moreNotes } }: { assignment: Assignment; compared: AdditionPreview }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const isHidden = useDesk((state) => assignment.blind && !state.namesShown);
	if (notes.length === 0) return null;
	const placeOf = ({ row, fileName, number, name }: AdditionNote) => {
		const place = fileName ?? t('problems.row', { row: format.number(row) });
		return [place, isHidden ? number : [number, name].filter(Boolean).join(' ')].filter(Boolean).join(' · ');
	};
	const problems = notes.map((note, index) => ({
		key: `${index}`,
		place: placeOf(note),
		words: t(isHidden && note.code === 'nameDiffers' ? 'add.notes.nameDiffersHidden' : `add.notes.${note.code}`, { other: note.otherName }),
	}));
	return (
		<ProblemList
			title={t('add.people', { problems: format.number(notes.length + moreNotes) })}
			problems={problems}
			more={moreNotes > 0 ? t('problems.like', { problems: format.number(moreNotes) }) : null}
		/>
	);
}
