import type { Inputs } from '#contract/contract.ts';
import type { ExampleColumns } from '#contract/finetune.ts';

export const sourceChoices = ['file', 'subtitles', 'marks', 'cues', 'chats'] as const;
/** Where a dataset can come from, as the form offers it. */
export type SourceChoice = (typeof sourceChoices)[number];

type Source = Inputs['finetune']['previewDataset']['source'];

/** What the form for a dataset holds of its source, for every kind of source at once. */
export interface DatasetForm {
	kind: SourceChoice;
	file: Extract<Source, { from: 'file' }>['file'] | null;
	/** What was chosen in place of what was detected. */
	encoding: string | null;
	delimiter: string | null;
	columns: ExampleColumns | null;
	subtitles: { file: File; fileName: string }[];
	sourceLanguage: string;
	targetLanguage: string;
	assignmentIds: string[];
	projectIds: string[];
	conversationIds: string[];
}

export const emptySource: DatasetForm = {
	kind: 'file',
	file: null,
	encoding: null,
	delimiter: null,
	columns: null,
	subtitles: [],
	sourceLanguage: 'English',
	targetLanguage: 'Simplified Chinese',
	assignmentIds: [],
	projectIds: [],
	conversationIds: [],
};

/** What the form says of the chosen kind of source, as the app is asked; null where it is not enough yet. */
export function sourceOf(form: DatasetForm): Source | null {
	const { file, encoding, delimiter, columns, subtitles, sourceLanguage, targetLanguage, assignmentIds, projectIds, conversationIds } = form;
	switch (form.kind) {
		case 'file':
			if (file === null) return null;
			return { from: 'file', file, ...(columns && { columns }), ...(encoding !== null && { encoding }), ...(delimiter !== null && { delimiter }) };
		case 'subtitles':
			return subtitles.length < 2 ? null : { from: 'subtitles', files: subtitles, sourceLanguage, targetLanguage };
		case 'marks':
			return assignmentIds.length === 0 ? null : { from: 'marks', assignmentIds };
		case 'cues':
			return projectIds.length === 0 ? null : { from: 'cues', projectIds };
		case 'chats':
			return conversationIds.length === 0 ? null : { from: 'chats', conversationIds };
	}
}
