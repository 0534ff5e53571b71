import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssignmentFields } from '#contract/grading.ts';
import { type Criterion, draftedCriteria, type Rubric } from '#contract/rubric.ts';
import { DraftRubricDialog } from './DraftRubricDialog.tsx';
import { newCriterion } from './newCriterion.ts';
import { PasteRubricDialog } from './PasteRubricDialog.tsx';
import type { QuestionDraft } from './questionDraft.ts';
import { rubricFromDraft } from './rubricFromDraft.ts';
import { rubricFromKey } from './rubricFromKey.ts';
import { sumOfBest } from './sumOfBest.ts';
import { useLevelNames } from './useLevelNames.ts';

const mostCriteria = 20;
const templates = ['levels3', 'levels4', 'mustHave', 'mustNotHave'] as const;

interface Props {
	question: QuestionDraft;
	about: Pick<AssignmentFields, 'subject' | 'gradeLevel'>;
	/** With the name of the model where one drafted them. */
	onAdd: (rubric: Rubric, draftedBy?: string) => void;
}

/** The ways to more criteria: one after a template, those of the expected answer, those of a spreadsheet, or some that a model drafts. */
export function RubricAdd({ question, about, onAdd }: Props) {
	const { t } = useTranslation('grading');
	const names = useLevelNames();
	const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
	// A menu gives the focus back to its button: what is chosen in it is added, with the focus on it, when it is gone.
	const chosen = useRef<(typeof templates)[number] | null>(null);
	const [isPasting, setPasting] = useState(false);
	const [isDrafting, setDrafting] = useState(false);
	const rest = restOf(question);
	const room = mostCriteria - question.rubric.length;
	const isFull = room <= 0;
	const make = (template: (typeof templates)[number]): Criterion =>
		template === 'mustHave' || template === 'mustNotHave'
			? newCriterion(template, template === 'mustHave' ? rest : Math.min(1, rest), names)
			: newCriterion('levels', rest, names, { levels: template === 'levels4' ? 4 : 3 });
	const addChosen = () => {
		if (chosen.current !== null) onAdd([make(chosen.current)]);
		chosen.current = null;
	};
	return (
		<Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
			<Button
				size="small"
				variant="outlined"
				startIcon={<AddIcon />}
				disabled={isFull}
				aria-haspopup="menu"
				aria-expanded={menuAt !== null}
				onClick={(event) => setMenuAt(event.currentTarget)}
			>
				{t('rubric.add')}
			</Button>
			<Menu open={menuAt !== null} anchorEl={menuAt} onClose={() => setMenuAt(null)} slotProps={{ transition: { onExited: addChosen } }}>
				{templates.map((template) => (
					<MenuItem
						key={template}
						onClick={() => {
							chosen.current = template;
							setMenuAt(null);
						}}
					>
						{t(`rubric.templates.${template}`)}
					</MenuItem>
				))}
			</Menu>
			{question.key.trim() !== '' && (
				<Button size="small" variant="outlined" disabled={isFull} onClick={() => onAdd(rubricFromKey(question.key, rest, names, room))}>
					{t('rubric.fromKey')}
				</Button>
			)}
			<Button size="small" variant="outlined" disabled={isFull} onClick={() => setPasting(true)}>
				{t('rubric.fromTable')}
			</Button>
			<Button
				size="small"
				variant="outlined"
				disabled={room < draftedCriteria || question.text.trim() === ''}
				aria-haspopup="dialog"
				onClick={() => setDrafting(true)}
			>
				{t('rubric.byModel')}
			</Button>
			{isDrafting && (
				<DraftRubricDialog
					question={question}
					about={about}
					onTake={(draft, modelName) => onAdd(rubricFromDraft(draft, rest, names), modelName)}
					onClose={() => setDrafting(false)}
				/>
			)}
			{isPasting && <PasteRubricDialog room={room} onTake={onAdd} onClose={() => setPasting(false)} />}
		</Box>
	);
}

/** The points of the question that no criterion has yet; 1 where there are none left. */
function restOf({ points, rubric }: QuestionDraft): number {
	const rest = Math.round((points - sumOfBest(rubric)) * 100) / 100;
	return rest > 0 ? rest : 1;
}
