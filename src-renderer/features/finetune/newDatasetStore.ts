import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import type { Dataset, DatasetPreview, ExampleColumns } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { type DatasetForm, emptySource, type SourceChoice, sourceOf } from './datasetSource.ts';

interface NewDatasetState extends DatasetForm {
	/** The dataset that gets a new version; null: a new one is made. */
	datasetId: string | null;
	title: string;
	/** A new version has the examples of the newest one, too. */
	extend: boolean;
	preview: DatasetPreview | null;
	isReading: boolean;
	isSaving: boolean;
	/** Why the source could not be read or the dataset not be made. */
	error: unknown;
}

const emptyForm: NewDatasetState = {
	...emptySource,
	datasetId: null,
	title: '',
	extend: true,
	preview: null,
	isReading: false,
	isSaving: false,
	error: null,
};

/** The form for a new dataset or a new version. It outlives its screen, so that a look elsewhere loses nothing. */
export const useNewDataset = create<NewDatasetState>(() => emptyForm);

/** The latest look at the source; an answer to an earlier one is passed over. */
let look = 0;

/** Opens the form for a dataset, or with null for a new one; what was begun for another is emptied. */
export function openForm(datasetId: string | null): void {
	if (useNewDataset.getState().datasetId !== datasetId) {
		look += 1;
		useNewDataset.setState({ ...emptyForm, datasetId });
	}
}

/** Changes the title, or whether the earlier examples are taken along. */
export function setForm(change: Partial<Pick<NewDatasetState, 'title' | 'extend'>>): void {
	useNewDataset.setState(change);
}

/** Chooses another kind of source; what was chosen for the others stays. */
export function chooseKind(kind: SourceChoice): void {
	useNewDataset.setState({ kind });
	void readAgain();
}

/** Takes another file or text, or none. What was chosen for the one before is forgotten. */
export function setFile(file: DatasetForm['file']): void {
	useNewDataset.setState({ file, encoding: null, delimiter: null, columns: null });
	void readAgain();
}

/** Reads the same source with something else chosen. */
export function choose(change: Partial<Omit<DatasetForm, 'kind' | 'file'>>): void {
	// Other characters or cells make the columns that were chosen meaningless.
	const isReadAnew = change.encoding !== undefined || change.delimiter !== undefined;
	useNewDataset.setState({ ...change, ...(isReadAnew && { columns: null }) });
	void readAgain();
}

/** Chooses what a column of a table holds. */
export function chooseColumns(columns: ExampleColumns): void {
	choose({ columns });
}

/** Makes the dataset, with this title, or the version, and empties the form; null when it failed, with the reason in `error` and the form as it was. */
export async function saveDataset(title: string): Promise<Dataset | null> {
	const state = useNewDataset.getState();
	const source = sourceOf(state);
	if (source === null) return null;
	useNewDataset.setState({ isSaving: true, error: null });
	try {
		const { datasetId, extend } = state;
		const made = datasetId === null ? await client.finetune.createDataset({ title, source }) : await client.finetune.addVersion({ datasetId, source, extend });
		clearForm();
		return made;
	} catch (error) {
		useNewDataset.setState({ isSaving: false, error });
		return null;
	}
}

/** Empties the form. What is returned puts everything back as it was. */
export function clearForm(): () => void {
	look += 1;
	const before = useNewDataset.getState();
	useNewDataset.setState({ ...emptyForm, datasetId: before.datasetId });
	return () => useNewDataset.setState({ ...before, isReading: false });
}

/** The title that was typed, else the name of what is read, which may have none. */
export function titleOf({ title, file, kind, subtitles }: Pick<NewDatasetState, 'title' | 'file' | 'kind' | 'subtitles'>): string {
	if (title.trim() !== '') return title.trim();
	const named = kind === 'file' && file !== null && 'fileName' in file ? file.fileName : kind === 'subtitles' ? subtitles[0]?.fileName : undefined;
	return (named ?? '').replace(/\.[^.]{1,10}$/, '').slice(0, 200);
}

async function readAgain(): Promise<void> {
	look += 1;
	const thisLook = look;
	const source: Inputs['finetune']['previewDataset']['source'] | null = sourceOf(useNewDataset.getState());
	useNewDataset.setState({ isReading: source !== null, error: null, ...(source === null && { preview: null }) });
	if (source === null) return;
	try {
		const preview = await client.finetune.previewDataset({ source });
		if (thisLook === look) useNewDataset.setState({ preview, isReading: false });
	} catch (error) {
		if (thisLook === look) useNewDataset.setState({ preview: null, isReading: false, error });
	}
}
