import type { DatasetForm, Intent, RunOrder, TaskKind } from '#contract/finetune.ts';
import { readFields, type SettingFields } from './settingFields.ts';

/** What the held-out examples of a dataset are compared by, as far as where they come from says it. */
export function taskOfForm(form: DatasetForm): TaskKind {
	if (form === 'marks') return 'marks';
	return form === 'subtitles' || form === 'cues' ? 'translation' : 'text';
}

/** The run that the form asks for; null while something of it is missing or wrong. */
export function orderOf(
	{ intent, fields }: { intent: Intent; fields: SettingFields },
	chosen: { modelId: string | null; versionId: string | null; title: string; task: TaskKind },
): RunOrder | null {
	const { settings } = readFields(fields);
	const { modelId, versionId, title, task } = chosen;
	if (modelId === null || versionId === null || title === '' || settings === null) return null;
	return { title, modelId, versionId, intent, task, settings };
}
