import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerGroup } from '#contract/agreement.ts';
import type { Answer, Question } from '#contract/grading.ts';
import { excerptOf } from '../../ui/excerptOf.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyAct } from '../../ui/notify.ts';
import { markAlike, undoLast } from './deskActs.ts';
import { membersOf, sharedMark } from './likeMarks.ts';
import { useShowAnswer } from './useDeskPage.ts';

interface Props {
	assignmentId: string;
	question: Question;
	group: AnswerGroup;
	byId: ReadonlyMap<string, Answer>;
}

/** A group of like answers with their points. Equal ones can be given one mark at once; nearly equal ones are for looking at. */
export function LikeGroupRow({ assignmentId, question, group, byId }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const show = useShowAnswer();
	const [isBusy, setBusy] = useState(false);
	const members = membersOf(group, byId);
	const [first] = members;
	if (!first) return null;
	const shared = group.same ? sharedMark(question, members) : null;
	const mark = async () => {
		if (!shared) return;
		setBusy(true);
		const isKept = await markAlike(assignmentId, shared.others, shared);
		setBusy(false);
		if (isKept) notifyAct(t('alike.groups.done', { answers: format.number(shared.others.length) }), async () => void (await undoLast()));
	};
	return (
		<Box component="article" aria-label={excerptOf(first.text)} sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 32 }}>
				<Typography variant="caption" sx={{ flex: 1, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{t(group.same ? 'alike.groups.equal' : 'alike.groups.nearly', { answers: format.number(members.length) })} · <PointsWords members={members} />
				</Typography>
				<Button size="small" color="inherit" onClick={() => show(first)}>
					{t('alike.open')}
				</Button>
				{shared && (
					<Button size="small" variant="outlined" loading={isBusy} onClick={() => void mark()}>
						{t(shared.isProposed ? 'alike.groups.propose' : 'alike.groups.mark', {
							answers: format.number(shared.others.length),
							points: format.number(shared.worth, 2),
						})}
					</Button>
				)}
			</Box>
			{[...new Set(members.map(({ text }) => excerptOf(text)))].slice(0, group.same ? 1 : 4).map((text) => (
				<Typography key={text} dir="auto" sx={{ overflowWrap: 'anywhere' }}>
					{text}
				</Typography>
			))}
		</Box>
	);
}

/** Which points the members have, and how many have none. */
function PointsWords({ members }: { members: readonly Answer[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const counts = new Map<number, number>();
	for (const { mark } of members) if (mark) counts.set(mark.points, (counts.get(mark.points) ?? 0) + 1);
	const open = members.filter(({ mark }) => mark === null).length;
	const given = [...counts]
		.sort(([a], [b]) => a - b)
		.map(([points, answers]) => t('alike.groups.points', { points: format.number(points, 2), answers: format.number(answers) }));
	return [...given, ...(open > 0 ? [t('alike.groups.open', { answers: format.number(open) })] : [])].join(t('alike.groups.comma'));
}
