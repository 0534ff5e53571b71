import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { useModels } from '../../rpc/live.ts';
import { SpanField } from './SpanField.tsx';
import { changeChoice, type StatementChoice } from './statementChoice.ts';
import { taskOf, tasks } from './tasks.ts';

const spanNames = ['thisMonth', 'lastMonth', 'all', 'custom'] as const;
const kinds = ['grants', 'work'] as const;

/** Chooses what of a statement is shown: of what time, grants or work, of what task and with what model. */
export function StatementFilters({ choice, onChange }: { choice: StatementChoice; onChange: (choice: StatementChoice) => void }) {
	const { t } = useTranslation('ledger');
	const { value: models } = useModels();
	const change = (part: Partial<StatementChoice>) => onChange(changeChoice(choice, part));
	return (
		<Box role="group" aria-label={t('filter.label')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
			<SpanField value={choice.span} names={spanNames} onChange={(span) => change({ span })} />
			<Pick
				label={t('filter.kind')}
				all={t('filter.allKinds')}
				value={choice.kind}
				options={kinds.map((kind) => ({ value: kind, name: t(`filter.${kind}`) }))}
				onChange={(value) => change({ kind: kinds.find((kind) => kind === value) ?? null })}
			/>
			<Pick
				label={t('filter.task')}
				all={t('filter.allTasks')}
				value={choice.task}
				options={tasks.map((task) => ({ value: task, name: t(`task.${task}`) }))}
				onChange={(value) => change({ task: taskOf(value) })}
			/>
			<Pick
				label={t('filter.model')}
				all={t('filter.allModels')}
				value={choice.modelId}
				options={(models ?? []).filter(({ kind }) => kind === 'model').map(({ id, name }) => ({ value: id, name }))}
				onChange={(value) => change({ modelId: value || null })}
			/>
		</Box>
	);
}

interface PickProps {
	label: string;
	/** What it says where nothing is picked. */
	all: string;
	value: string | null;
	options: readonly { value: string; name: string }[];
	/** Empty: nothing is picked. */
	onChange: (value: string) => void;
}

function Pick({ label, all, value, options, onChange }: PickProps) {
	return (
		<TextField
			select
			// One that is not known yet, as while the models are read, would be no choice at all.
			value={options.some((option) => option.value === value) ? value : ''}
			onChange={(event) => onChange(event.target.value)}
			sx={{ width: 168 }}
			slotProps={{ select: { displayEmpty: true, SelectDisplayProps: { 'aria-label': label } } }}
		>
			<MenuItem value="">{all}</MenuItem>
			{options.map((option) => (
				<MenuItem key={option.value} value={option.value}>
					{option.name}
				</MenuItem>
			))}
		</TextField>
	);
}
