import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { excerptOf } from '../../ui/excerptOf.ts';
import { useFormat } from '../../ui/format.ts';
import { select } from './deskStore.ts';
import { useGrading } from './gradingStore.ts';
import { membersOf } from './likeMarks.ts';
import { useReport } from './useReport.ts';

const mostShown = 12;

/** The answers that are like this one, with their points. They are looked for when it is unfolded, once for a question. */
export function LikeThis({ answer }: { answer: Answer }) {
	const { t } = useTranslation('grading');
	const [isOpen, setOpen] = useState(false);
	return (
		<Box component="details" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
			<Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary', typography: 'caption', width: 'fit-content' }}>
				{t('alike.here')}
			</Box>
			{isOpen && <Found answer={answer} />}
		</Box>
	);
}

function Found({ answer }: { answer: Answer }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const assignmentId = useGrading((state) => state.openId) ?? '';
	const answers = useGrading((state) => state.answers);
	const { questionId } = answer;
	const ask = useCallback((signal: AbortSignal) => client.grading.likeAnswers({ assignmentId, questionId }, { signal }), [assignmentId, questionId]);
	const { value } = useReport(ask);
	const group = value?.groups.find(({ memberIds }) => memberIds.includes(answer.id));
	const others = group ? membersOf(group, new Map((answers ?? []).map((each) => [each.id, each]))).filter(({ id }) => id !== answer.id) : [];
	if (value === null) return null;
	if (others.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t('alike.noneHere')}</Typography>;
	return (
		<Box component="ul" aria-label={t('alike.here')} sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
			{others.slice(0, mostShown).map((other) => (
				<Box component="li" key={other.id}>
					<ButtonBase
						onClick={() => select(other)}
						sx={{
							width: 1,
							px: 1,
							py: 0.5,
							gap: 1.5,
							justifyContent: 'flex-start',
							textAlign: 'start',
							borderRadius: 1,
							'&:hover': { bgcolor: 'action.hover' },
						}}
					>
						<Typography component="span" sx={{ flex: 'none', minWidth: 64, fontVariantNumeric: 'tabular-nums', fontWeight: other.mark ? 600 : 400 }}>
							{other.mark ? t('desk.points', { points: format.number(other.mark.points, 2) }) : t('alike.unmarked')}
						</Typography>
						<Typography component="span" dir="auto" noWrap sx={{ minWidth: 0 }}>
							{excerptOf(other.text)}
						</Typography>
					</ButtonBase>
				</Box>
			))}
			{others.length > mostShown && (
				<Typography component="li" variant="caption" sx={{ color: 'text.secondary', px: 1 }}>
					{t('alike.moreHere', { answers: format.number(others.length - mostShown) })}
				</Typography>
			)}
		</Box>
	);
}
