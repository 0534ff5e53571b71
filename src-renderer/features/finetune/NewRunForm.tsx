import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Dataset, intent, taskKind } from '#contract/finetune.ts';
import { CardChoice } from './CardChoice.tsx';
import { DatasetField } from './DatasetField.tsx';
import { EstimateStep } from './EstimateStep.tsx';
import { ModelField } from './ModelField.tsx';
import { adviseFor, changeForm, chooseIntent, chooseVersion, fillFrom, useNewRun } from './newRunStore.ts';
import { orderOf, taskOfForm } from './orderOf.ts';
import { SettingRemarks } from './SettingRemarks.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { readFields } from './settingFields.ts';
import type { TrainingChoice } from './trainingChoices.ts';
import { useRuns } from './useRuns.ts';

/** The fields of a new run, from what everybody must choose to what only experts change, and below what it needs. */
export function NewRunForm({ choices, datasets }: { choices: readonly TrainingChoice[]; datasets: readonly Dataset[] }) {
	const { t } = useTranslation('finetune');
	const form = useNewRun();
	useAskedByAddress();
	const [isOpen, setOpen] = useState(false);
	const { settings, wrong } = readFields(form.fields);
	const model = choices.find(({ model: each, reason }) => each.id === form.modelId && reason === null)?.model ?? null;
	const parameters = model?.parameters ?? null;
	const dataset = datasets.find(({ versions }) => versions.some(({ id }) => id === form.versionId)) ?? null;
	const version = dataset?.versions.find(({ id }) => id === form.versionId) ?? null;
	const examples = version?.exampleCount ?? null;
	useEffect(() => adviseFor(parameters, examples), [parameters, examples]);
	const task = form.task ?? (version ? taskOfForm(version.form) : 'text');
	// A second run of a dataset then makes the next version.
	const proposed = dataset?.title ?? '';
	const title = form.title.trim() || proposed;
	const order = orderOf(form, { modelId: model?.id ?? null, versionId: version?.id ?? null, title, task });
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 3, pt: 1 }}>
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 2, alignItems: 'start' }}>
				<ModelField choices={choices} value={form.modelId} onChange={(modelId) => changeForm({ modelId })} help={t('newRun.modelHelp')} />
				<DatasetField datasets={datasets} value={form.versionId} goneOf={version === null ? (form.from?.title ?? null) : null} onChange={chooseVersion} />
			</Box>
			<Group title={t('newRun.intent')}>
				{(labelId) => (
					<CardChoice
						labelId={labelId}
						value={form.intent}
						onChange={chooseIntent}
						cards={intent.options.map((value) => ({ value, title: t(`intent.${value}.title`), text: t(`intent.${value}.text`) }))}
					/>
				)}
			</Group>
			<Group title={t('newRun.task')} help={t('newRun.taskHelp')}>
				{(labelId) => (
					<CardChoice
						labelId={labelId}
						value={task}
						onChange={(chosen) => changeForm({ task: chosen })}
						cards={taskKind.options.map((value) => ({ value, title: t(`task.${value}.title`), text: t(`task.${value}.text`) }))}
					/>
				)}
			</Group>
			<TextField
				label={t('newRun.name')}
				value={form.title}
				placeholder={proposed}
				onChange={(event) => changeForm({ title: event.target.value })}
				helperText={t('newRun.nameHelp')}
				slotProps={{ htmlInput: { maxLength: 200, dir: 'auto', autoComplete: 'off' }, inputLabel: { shrink: true } }}
			/>
			{/* What is wrong in it must be seen. */}
			<Box component="details" open={isOpen || wrong.length > 0} onToggle={(event) => setOpen(event.currentTarget.open)}>
				<Box component="summary" sx={{ cursor: 'pointer', width: 'fit-content', fontWeight: 600, mb: 1 }}>
					{t('newRun.experts')}
				</Box>
				<Box sx={{ p: 2, border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper' }}>
					<SettingsForm fields={form.fields} wrong={wrong} onChange={(fields) => changeForm({ fields })} />
					<Button size="small" variant="outlined" onClick={() => chooseIntent(form.intent)} sx={{ mt: 2 }}>
						{t('settings.reset')}
					</Button>
				</Box>
			</Box>
			{settings && <SettingRemarks settings={settings} intent={form.intent} parameters={parameters} examples={examples} />}
			<EstimateStep order={order} hasWrong={wrong.length > 0} />
		</Box>
	);
}

function Group({ title, help, children }: { title: string; help?: string; children: (labelId: string) => ReactNode }) {
	const id = useId();
	return (
		<Box component="section" aria-labelledby={id}>
			<Typography id={id} variant="h2" sx={{ mb: help ? 0 : 1 }}>
				{title}
			</Typography>
			{help && (
				<Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0, mb: 1 }}>
					{help}
				</Typography>
			)}
			{children(id)}
		</Box>
	);
}

/** Chooses what the address names, `?model=…&version=…`, or fills in what a run was made of, `?from=…`, then takes it off the address. */
function useAskedByAddress(): void {
	const [asked, setAsked] = useSearchParams();
	const modelId = asked.get('model');
	const versionId = asked.get('version');
	const fromId = asked.get('from');
	const { value: runs } = useRuns(fromId !== null);
	useEffect(() => {
		if (modelId === null && versionId === null && fromId === null) return;
		if (fromId !== null && runs === null) return;
		const from = runs?.find(({ id }) => id === fromId);
		if (from) fillFrom(from);
		changeForm({ ...(modelId !== null && { modelId }), ...(versionId !== null && { versionId, task: null }) });
		setAsked({}, { replace: true });
	}, [modelId, versionId, fromId, runs, setAsked]);
}
