import CheckIcon from '@mui/icons-material/CalculateOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerCheck } from '#contract/rubric.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { CheckSettings } from './CheckSettings.tsx';
import { type QuestionDraft, sourceOf } from './questionDraft.ts';
import { useAnswerCheckWords } from './useAnswerCheckWords.ts';
import { useSuggestedCheck } from './useSuggestedCheck.ts';

const kinds = ['none', 'number', 'formula', 'choice', 'exact'] as const;

const emptyChecks: Record<AnswerCheck['kind'], AnswerCheck> = {
	none: { kind: 'none' },
	number: { kind: 'number', value: '', tolerance: { kind: 'relative', amount: 0 }, unitNeeded: false, significantFigures: null },
	formula: { kind: 'formula', expression: '' },
	choice: { kind: 'choice', correct: [], options: [] },
	exact: { kind: 'exact', accepted: [] },
};

interface Props {
	question: QuestionDraft;
	onChange: (change: (draft: QuestionDraft) => QuestionDraft) => void;
}

/** Who decides what is right: the model, or code by a number, a formula, a choice or a text. What the key suggests is taken unless the teacher says otherwise. */
export function CheckField({ question, onChange }: Props) {
	const { t } = useTranslation('grading');
	const words = useAnswerCheckWords();
	const { check, isCheckOwn } = question;
	// A suggestion that comes while the teacher is choosing waits until the list is closed.
	const [isChoosing, setChoosing] = useState(false);
	const suggested = useSuggestedCheck(question.text, question.key);
	const source = sourceOf(question);
	useEffect(() => {
		// A check that came from a key goes with it.
		const next = question.key.trim() === '' ? emptyChecks.none : suggested;
		if (isChoosing || isCheckOwn || next === null || (question.suggestedBy === source && isSame(check, next))) return;
		onChange((draft) => (draft.isCheckOwn ? draft : { ...draft, check: next, suggestedBy: source }));
	}, [suggested, question.key, question.suggestedBy, source, check, isChoosing, isCheckOwn, onChange]);
	const own = (chosen: AnswerCheck) => onChange((draft) => ({ ...draft, check: chosen, isCheckOwn: true }));
	if (!isCheckOwn && check.kind !== 'none') {
		return (
			<Suggestion title={words(check)} text={t('check.suggested')}>
				<Button size="small" color="inherit" onClick={() => own(check)}>
					{t('check.change')}
				</Button>
				<Button size="small" color="inherit" onClick={() => own(emptyChecks.none)}>
					{t('check.putAway')}
				</Button>
			</Suggestion>
		);
	}
	const isOffered = suggested !== null && suggested.kind !== 'none' && isCheckOwn && !isSame(suggested, check);
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			<SelectField
				label={t('check.label')}
				value={check.kind}
				options={kinds}
				name={(kind) => t(`check.kinds.${kinds.find((each) => each === kind) ?? 'none'}`)}
				onOpen={setChoosing}
				onChange={(kind) => own(emptyChecks[kinds.find((each) => each === kind) ?? 'none'])}
			/>
			<CheckSettings check={check} onChange={own} />
			{isOffered && (
				<Suggestion title={words(suggested)} text={t('check.offered')}>
					<Button size="small" color="inherit" onClick={() => onChange((draft) => ({ ...draft, check: suggested, isCheckOwn: false, suggestedBy: source }))}>
						{t('check.take')}
					</Button>
				</Suggestion>
			)}
		</Box>
	);
}

function isSame(one: AnswerCheck, other: AnswerCheck): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function Suggestion({ title, text, children }: { title: string; text: string; children: ReactNode }) {
	return (
		<Box
			role="status"
			sx={{
				display: 'flex',
				flexWrap: 'wrap',
				alignItems: 'center',
				columnGap: 1.5,
				p: 1.5,
				border: 1,
				borderColor: 'divider',
				borderRadius: 1,
				bgcolor: 'surface.sunken',
			}}
		>
			<CheckIcon fontSize="small" sx={{ color: 'text.secondary', flex: 'none' }} />
			<Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
				<Typography dir="auto" sx={{ overflowWrap: 'anywhere' }}>
					{title}
				</Typography>
				<Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
					{text}
				</Typography>
			</Box>
			<Box sx={{ display: 'flex', gap: 0.5 }}>{children}</Box>
		</Box>
	);
}
