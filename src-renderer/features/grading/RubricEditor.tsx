import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssignmentFields } from '#contract/grading.ts';
import type { Criterion, Rubric } from '#contract/rubric.ts';
import { CriterionEditor } from './CriterionEditor.tsx';
import { moveItem } from './moveItem.ts';
import { newId } from './newId.ts';
import type { QuestionDraft } from './questionDraft.ts';
import { RubricAdd } from './RubricAdd.tsx';
import { RubricHead } from './RubricHead.tsx';

interface Props {
	question: QuestionDraft;
	/** What a model that drafts a rubric is told beside the question. */
	about: Pick<AssignmentFields, 'subject' | 'gradeLevel'>;
	onChange: (change: (draft: QuestionDraft) => QuestionDraft) => void;
}

interface Removed {
	name: string;
	putBack: (rubric: Rubric) => Rubric;
}

interface Drafted {
	modelName: string;
	criterionIds: ReadonlySet<string>;
}

/** What an answer is judged by: criteria with their levels, none, or the beginnings of some from a template, the key, a spreadsheet or a model. */
export function RubricEditor({ question, about, onChange }: Props) {
	const { t } = useTranslation('grading');
	const [newestId, setNewestId] = useState<string | null>(null);
	const [removed, setRemoved] = useState<Removed | null>(null);
	const [drafted, setDrafted] = useState<Drafted | null>(null);
	const { rubric } = question;
	const changeRubric = (change: (rubric: Rubric) => Rubric) => onChange((draft) => ({ ...draft, rubric: change(draft.rubric) }));
	const changeCriterion = (criterionId: string, change: (criterion: Criterion) => Criterion) =>
		changeRubric((before) => before.map((each) => (each.id === criterionId ? change(each) : each)));
	const remove = (criterion: Criterion, at: number) => {
		changeRubric((before) => before.filter(({ id }) => id !== criterion.id));
		setRemoved({ name: criterion.name, putBack: (before) => before.toSpliced(at, 0, criterion) });
	};
	const add = (added: Rubric, draftedBy?: string) => {
		changeRubric((before) => [...before, ...added]);
		if (draftedBy !== undefined) setDrafted({ modelName: draftedBy, criterionIds: new Set(added.map(({ id }) => id)) });
		setNewestId(added.find(({ name }) => name === '')?.id ?? null);
	};
	const undo = () => {
		if (removed) changeRubric(removed.putBack);
		setRemoved(null);
	};
	const takeOut = ({ criterionIds }: Drafted) => {
		changeRubric((before) => before.filter(({ id }) => !criterionIds.has(id)));
		setDrafted(null);
	};
	return (
		<Box
			component="section"
			aria-label={t('rubric.title')}
			sx={{ containerType: 'inline-size', display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0 }}
		>
			<RubricHead question={question} onPoints={(points) => onChange((draft) => ({ ...draft, points }))} />
			{rubric.map((criterion, at) => (
				<CriterionEditor
					key={criterion.id}
					criterion={criterion}
					place={at + 1}
					isLast={at === rubric.length - 1}
					isNew={criterion.id === newestId}
					isFull={rubric.length >= 20}
					hasCheck={question.check.kind !== 'none'}
					onChange={(change) => changeCriterion(criterion.id, change)}
					onMove={(by) => changeRubric((before) => moveItem(before, at, by))}
					onDuplicate={() => changeRubric((before) => before.toSpliced(at + 1, 0, copyOf(criterion)))}
					onRemove={() => remove(criterion, at)}
					onLevelRemoved={(name, putBack) => setRemoved({ name, putBack: (before) => before.map((each) => (each.id === criterion.id ? putBack(each) : each)) })}
				/>
			))}
			<Box role="status" sx={{ '&:empty': { display: 'none' } }}>
				{removed !== null && (
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
						<Typography dir="auto" noWrap sx={{ color: 'text.secondary' }}>
							{t('rubric.removed', { name: removed.name || t('rubric.unnamed') })}
						</Typography>
						<Button size="small" onClick={undo}>
							{t('rubric.undo')}
						</Button>
					</Box>
				)}
			</Box>
			{drafted !== null && <DraftNotice drafted={drafted} onTakeOut={takeOut} onClose={() => setDrafted(null)} />}
			<RubricAdd question={question} about={about} onAdd={add} />
		</Box>
	);
}

/** Says whose words the newest criteria are, as long as they have not been read. */
function DraftNotice({ drafted, onTakeOut, onClose }: { drafted: Drafted; onTakeOut: (drafted: Drafted) => void; onClose: () => void }) {
	const { t } = useTranslation('grading');
	return (
		<Alert
			severity="info"
			variant="outlined"
			role="status"
			action={
				<>
					<Button color="inherit" size="small" onClick={() => onTakeOut(drafted)}>
						{t('rubric.draft.takeOut')}
					</Button>
					<Button color="inherit" size="small" onClick={onClose}>
						{t('rubric.draft.read')}
					</Button>
				</>
			}
		>
			<span dir="auto">{t('rubric.draft.notice', { model: drafted.modelName })}</span>
		</Alert>
	);
}

function copyOf(criterion: Criterion): Criterion {
	return { ...criterion, id: newId(), levels: criterion.levels.map((level) => ({ ...level, id: newId() })) };
}
