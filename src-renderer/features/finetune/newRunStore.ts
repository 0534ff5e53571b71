import { create } from 'zustand';
import type { Intent, Run, RunEstimate, RunOrder, TaskKind } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { client } from '../../rpc/client.ts';
import { type FilledFrom, formOfRun, titleFor } from './formOfRun.ts';
import { fieldsOf, type SettingFields } from './settingFields.ts';

/** What is known of what the run will take. `order` is what was asked about. */
export type Estimating =
	| { kind: 'none' }
	| { kind: 'running'; stage: 'encoding' | 'loading' | 'stepping'; fraction: number }
	| { kind: 'known'; order: RunOrder; estimate: RunEstimate }
	| { kind: 'failed'; error: unknown };

interface NewRunState {
	title: string;
	modelId: string | null;
	/** How many weights the chosen model has, and how many examples are learnt from, where that is known: what is advised follows them. */
	parameters: number | null;
	examples: number | null;
	versionId: string | null;
	intent: Intent;
	/** Null: what the dataset's form says. */
	task: TaskKind | null;
	fields: SettingFields;
	/** The run that the form was filled from; null where it was not. */
	from: FilledFrom | null;
	estimating: Estimating;
	isStarting: boolean;
	/** Why the run could not be started. */
	error: unknown;
}

const emptyForm: NewRunState = {
	title: '',
	modelId: null,
	parameters: null,
	examples: null,
	versionId: null,
	intent: 'basic',
	task: null,
	fields: fieldsOf(settingsOfIntent('basic')),
	from: null,
	estimating: { kind: 'none' },
	isStarting: false,
	error: null,
};

/** The form for a new run. It outlives its screen, so that a look elsewhere loses nothing. */
export const useNewRun = create<NewRunState>(() => emptyForm);

let stopEstimate: AbortController | null = null;

/** Changes the form; what was known of another run counts no more. */
export function changeForm(change: Partial<Pick<NewRunState, 'title' | 'modelId' | 'versionId' | 'task' | 'fields'>>): void {
	const isNameAlone = Object.keys(change).every((name) => name === 'title');
	if (!isNameAlone) forgetEstimate();
	useNewRun.setState(change);
}

/** Chooses how much is to be learnt, and with it every setting. */
export function chooseIntent(intent: Intent): void {
	forgetEstimate();
	useNewRun.setState(({ parameters, examples }) => ({ intent, fields: fieldsOf(settingsOfIntent(intent, parameters, examples)) }));
}

/** Fills the form with what a run was made of, to do it once more or otherwise. */
export function fillFrom(run: Run): void {
	forgetEstimate();
	useNewRun.setState(({ parameters, examples }) => ({ ...emptyForm, parameters, examples, ...formOfRun(run) }));
}

/** Says how large the chosen model is, and how many examples there are. Whatever nobody changed becomes what is advised for them. */
export function adviseFor(parameters: number | null, examples: number | null): void {
	useNewRun.setState(({ intent, fields, ...before }) => {
		const [was, is] = [before, { parameters, examples }].map((of) => fieldsOf(settingsOfIntent(intent, of.parameters, of.examples)));
		const untouched = (['learningRate', 'rank', 'alpha'] as const).filter((name) => fields[name] === was?.[name]);
		return { parameters, examples, fields: { ...fields, ...Object.fromEntries(untouched.map((name) => [name, is?.[name]])) } };
	});
}

/** Chooses what is learnt from. */
export function chooseVersion(chosen: { versionId: string; datasetId: string }): void {
	forgetEstimate();
	useNewRun.setState((form) => ({ versionId: chosen.versionId, task: null, title: titleFor(chosen.datasetId, form) }));
}

/** Empties the form. What is returned puts everything back as it was. */
export function clearForm(): () => void {
	forgetEstimate();
	const before = useNewRun.getState();
	useNewRun.setState(emptyForm);
	return () => useNewRun.setState(before);
}

/** Takes two real steps of the run to see what it needs; how far that is and what comes of it is in `estimating`. */
export async function estimate(order: RunOrder): Promise<void> {
	forgetEstimate();
	const stop = new AbortController();
	stopEstimate = stop;
	useNewRun.setState({ estimating: { kind: 'running', stage: 'encoding', fraction: 0 }, error: null });
	try {
		for await (const event of await client.finetune.estimateRun(order, { signal: stop.signal })) {
			if (stop.signal.aborted) return;
			useNewRun.setState({
				estimating:
					event.type === 'progress'
						? { kind: 'running', stage: event.stage, fraction: event.fraction }
						: { kind: 'known', order: { ...order, settings: event.estimate.settings }, estimate: event.estimate },
			});
		}
	} catch (error) {
		if (!stop.signal.aborted) useNewRun.setState({ estimating: { kind: 'failed', error } });
	}
}

/** Stops an estimate that is being made, and forgets one that was. */
export function forgetEstimate(): void {
	stopEstimate?.abort();
	stopEstimate = null;
	useNewRun.setState({ estimating: { kind: 'none' }, error: null });
}

/** Queues the run and empties the form; null when it failed, with the reason in `error` and the form as it was. */
export async function start(order: RunOrder): Promise<Run | null> {
	useNewRun.setState({ isStarting: true, error: null });
	try {
		const run = await client.finetune.startRun(order);
		clearForm();
		return run;
	} catch (error) {
		useNewRun.setState({ isStarting: false, error });
		return null;
	}
}
