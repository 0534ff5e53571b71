import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { Inputs } from '#contract/contract.ts';
import { isFailure } from '#contract/errors.ts';
import type { TablePreview } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { sendPile } from './sendPile.ts';
import type { AnswerFile, AnswerSource } from './sourceOfFiles.ts';

/** What a form knows of the answers that it takes in: where they come from, how they are read, and what was read. */
export interface IntakeState {
	source: AnswerSource | null;
	/** What the teacher chose in place of what was detected. */
	encoding: string | null;
	delimiter: string | null;
	sheet: string | null;
	headerRow: number | null;
	mapping: AnswerMapping | null;
	preview: TablePreview | null;
	isReading: boolean;
	/** How many of the files are sent to the app, and then read by it. */
	progress: { stage: 'sent' | 'read'; done: number; files: number } | null;
	/** Why it could not be read, or nothing be made of it. */
	error: unknown;
}

const chosenByNobody = { encoding: null, delimiter: null, sheet: null, headerRow: null, mapping: null } as const;

export const emptyIntake: IntakeState = { ...chosenByNobody, source: null, preview: null, isReading: false, progress: null, error: null };

/** How the teacher wants it to be read in place of what was detected. */
export type ReadingChoice = { encoding: string } | { delimiter: string } | { headerRow: number } | { sheet: string } | { mapping: AnswerMapping };

/** What is read, as the app is told of it: files are a pile by then. */
export type SentSource = Inputs['grading']['create']['source'];

/** What the fields of a form need of its answers. */
export interface IntakeFields {
	use: <Part>(select: (state: IntakeState) => Part) => Part;
	setSource(source: AnswerSource | null): Promise<void>;
	readWith(choice: ReadingChoice): Promise<void>;
}

interface Form {
	/** Where its state is, beside what else the form knows. */
	store: { getState(): IntakeState; setState(change: Partial<IntakeState>): void };
	/** The class whose headings are taken for the same; left out: there is none. */
	likeAssignmentId?: string;
	/** Told before what was read is shown, and with null when something else is taken. */
	onPreview?: (preview: TablePreview | null) => void;
}

/** Takes a class's answers into a form: has them read, anew with each choice of how, and sends files once for the looks at them and what is made of them. */
export class AnswerIntake {
	readonly #form: Form;
	/** The latest look; an earlier one is broken off, and its answer passed over. */
	#look = new AbortController();
	/** The files that were sent last, and where. */
	#pile: { files: readonly AnswerFile[]; pileId: string } | null = null;

	constructor(form: Form) {
		this.#form = form;
	}

	/** Takes something else, or nothing, and reads it. What was chosen for what was there before is forgotten. */
	async setSource(source: AnswerSource | null): Promise<void> {
		this.#form.onPreview?.(null);
		this.#form.store.setState({ ...chosenByNobody, source, preview: null, error: null });
		await this.read();
	}

	/** Reads the same with another encoding, delimiter, row of headings or mapping of its columns, or another sheet of its workbook. */
	async readWith(choice: ReadingChoice): Promise<void> {
		// Other characters or columns make the old mapping meaningless, and another sheet has its headings elsewhere.
		this.#form.store.setState({ ...('sheet' in choice && { headerRow: null }), mapping: null, ...choice });
		await this.read();
	}

	async read(): Promise<void> {
		this.stop();
		const { signal } = this.#look;
		const { store, onPreview } = this.#form;
		const { source } = store.getState();
		store.setState({ isReading: source !== null, progress: null });
		if (source === null) return;
		try {
			const preview = await ('files' in source ? this.#lookAtFiles(source, signal) : this.#lookAtTable(source));
			if (signal.aborted || preview === null) return;
			onPreview?.(preview);
			store.setState({ preview, isReading: false, progress: null, error: null });
		} catch (error) {
			if (!signal.aborted) store.setState({ isReading: false, progress: null, error });
		}
	}

	/** Breaks the look off that is under way. */
	stop(): void {
		this.#look.abort();
		this.#look = new AbortController();
	}

	/** What is read and how, and by which columns; null while that is not known. */
	get order() {
		const { source, preview, mapping, encoding, delimiter, sheet, headerRow } = this.#form.store.getState();
		const used = mapping ?? preview?.mapping ?? null;
		return source === null || used === null ? null : { source, mapping: used, ...readingOf({ encoding, delimiter, sheet, headerRow }) };
	}

	/** Does what needs the source there; files are sent unless they are, and once more where they were thrown away meanwhile. */
	async send<Done>(source: AnswerSource, act: (sent: SentSource) => Promise<Done>, signal?: AbortSignal): Promise<Done> {
		if (!('files' in source)) return await act(source);
		const { files } = source;
		const send = async () => {
			const onSent = (done: number) => {
				if (!signal?.aborted) this.#form.store.setState({ progress: { stage: 'sent', done, files: files.length } });
			};
			this.#pile = { files, pileId: await sendPile(files, onSent, signal) };
			return this.#pile;
		};
		const { pileId } = this.#pile?.files === files ? this.#pile : await send();
		try {
			return await act({ pileId });
		} catch (error) {
			if (!isFailure(error, 'NOT_FOUND') || error.data.what !== 'files') throw error;
			return await act({ pileId: (await send()).pileId });
		}
	}

	#lookAtTable(source: Exclude<AnswerSource, { files: unknown }>): Promise<TablePreview> {
		const { mapping, ...state } = this.#form.store.getState();
		const { likeAssignmentId } = this.#form;
		return client.grading.preview({
			source,
			...readingOf(state),
			...(mapping !== null && { mapping }),
			...(likeAssignmentId !== undefined && { likeAssignmentId }),
		});
	}

	/** Reads files, telling how far it is; null where it was broken off. */
	#lookAtFiles(source: { files: AnswerFile[] }, signal: AbortSignal): Promise<TablePreview | null> {
		const read = async (sent: SentSource) => {
			if (!('pileId' in sent)) return null;
			for await (const step of await client.grading.previewFiles(sent, { signal })) {
				if (signal.aborted) return null;
				if ('preview' in step) return step.preview;
				this.#form.store.setState({ progress: { stage: 'read', done: step.read, files: step.files } });
			}
			return null;
		};
		return this.send(source, read, signal);
	}
}

/** How the teacher wants it to be read, as far as that was chosen. */
function readingOf({ encoding, delimiter, sheet, headerRow }: Pick<IntakeState, 'encoding' | 'delimiter' | 'sheet' | 'headerRow'>) {
	return {
		...(encoding !== null && { encoding }),
		...(delimiter !== null && { delimiter }),
		...(sheet !== null && { sheet }),
		...(headerRow !== null && { headerRow }),
	};
}
