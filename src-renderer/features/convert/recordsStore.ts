import { create } from 'zustand';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { RecordField, RecordsStep } from '#contract/convertRecords.ts';
import { client } from '../../rpc/client.ts';

type Made = Extract<RecordsStep, { kind: 'made' }>;

interface RecordsState {
	content: string;
	fields: readonly (RecordField & { id: string })[];
	/** What a model is doing; null: nothing. */
	busy: { what: 'fields' | 'records'; step: 'loading' | 'writing'; records: number } | null;
	made: Made | null;
	error: unknown;
}

/** Records that a model takes out of free text; what was typed is there while other screens are looked at. */
export const useRecords = create<RecordsState>(() => ({ content: '', fields: [], busy: null, made: null, error: null }));

let running: AbortController | null = null;

export function setText(content: string): void {
	useRecords.setState({ content });
}

export function addField(): void {
	useRecords.setState(({ fields }) => ({ fields: [...fields, { id: crypto.randomUUID(), name: '', type: 'text', note: '' }] }));
}

/** Takes these fields in the place of those there are. */
export function takeFields(fields: readonly RecordField[]): void {
	useRecords.setState({ fields: fields.map((field) => ({ ...field, id: crypto.randomUUID() })) });
}

export function changeField(id: string, changes: Partial<RecordField>): void {
	useRecords.setState(({ fields }) => ({ fields: fields.map((field) => (field.id === id ? { ...field, ...changes } : field)) }));
}

export function removeField(id: string): void {
	useRecords.setState(({ fields }) => ({ fields: fields.filter((field) => field.id !== id) }));
}

/** The fields that have a name, as they are sent; of two with one name the first. */
export function usedFields(fields: RecordsState['fields']): RecordField[] {
	const met = new Set<string>();
	return fields.flatMap(({ name, type, note }) => {
		const trimmed = name.trim();
		if (trimmed === '' || met.has(trimmed)) return [];
		met.add(trimmed);
		return [{ name: trimmed, type, note }];
	});
}

interface Who {
	modelId: string;
	adapter: AttachedAdapter | null;
}

export async function proposeFields({ modelId, adapter }: Who): Promise<void> {
	const { content } = useRecords.getState();
	await work('fields', async (signal) => {
		for await (const step of await client.convert.proposeFields({ content, modelId, adapter }, { signal })) {
			if (signal.aborted) return;
			if (step.kind === 'proposed') takeFields(step.fields);
			else tell('fields', step.kind, 0);
		}
	});
}

export async function makeRecords({ modelId, adapter }: Who): Promise<void> {
	const { content, fields } = useRecords.getState();
	await work('records', async (signal) => {
		for await (const step of await client.convert.records({ content, modelId, adapter, fields: usedFields(fields) }, { signal })) {
			if (signal.aborted) return;
			if (step.kind === 'made') useRecords.setState({ made: step });
			else tell('records', step.kind, step.kind === 'writing' ? step.records : 0);
		}
	});
}

/** Ends what a model is doing; what it used is charged. */
export function stopModel(): void {
	running?.abort();
	useRecords.setState({ busy: null });
}

function tell(what: 'fields' | 'records', step: 'loading' | 'writing', records: number): void {
	useRecords.setState({ busy: { what, step, records } });
}

async function work(what: 'fields' | 'records', act: (signal: AbortSignal) => Promise<void>): Promise<void> {
	running?.abort();
	const own = new AbortController();
	running = own;
	useRecords.setState({ error: null, ...(what === 'records' && { made: null }) });
	tell(what, 'loading', 0);
	try {
		await act(own.signal);
	} catch (error) {
		if (!own.signal.aborted) useRecords.setState({ error });
	} finally {
		if (running === own) useRecords.setState({ busy: null });
	}
}
