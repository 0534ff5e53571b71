import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { Added, AdditionPreview } from '#contract/addition.ts';
import { client } from '../../rpc/client.ts';
import { AnswerIntake, emptyIntake, type IntakeFields, type IntakeState } from './AnswerIntake.ts';

export interface AdditionState extends IntakeState {
	/** Which question of the class each of what is added answers, where the teacher chose; null: as they are called. */
	places: (string | null)[] | null;
	/** What adding would do; null until that is known. */
	compared: AdditionPreview | null;
	/** The answers that are to be replaced by others. */
	replaced: ReadonlySet<string> | 'all';
	isAdding: boolean;
}

/** The form in which answers are added to a class. Nothing is added before `add`. */
export class AdditionForm {
	readonly #assignmentId: string;
	readonly #intake: AnswerIntake;
	/** The latest comparison; the answer to an earlier one is passed over. */
	#comparison = new AbortController();
	readonly use: UseBoundStore<StoreApi<AdditionState>>;
	/** What the fields need where the answers are taken in. */
	readonly answers: IntakeFields;

	constructor(assignmentId: string) {
		this.#assignmentId = assignmentId;
		const store = create<AdditionState>(() => ({ ...emptyIntake, places: null, compared: null, replaced: new Set(), isAdding: false }));
		// Where columns are chosen anew, other questions may be found.
		const onPreview = () => store.setState({ places: null, compared: null, replaced: new Set() });
		this.#intake = new AnswerIntake({ store, likeAssignmentId: assignmentId, onPreview });
		this.use = store;
		this.answers = { use: store, setSource: (source) => this.#intake.setSource(source), readWith: (choice) => this.#intake.readWith(choice) };
	}

	/** Asks what adding would do, and about what grading it with this model would cost. */
	async compare(modelId: string | null): Promise<void> {
		this.#comparison.abort();
		this.#comparison = new AbortController();
		const { signal } = this.#comparison;
		const { order } = this.#intake;
		if (order === null) return;
		const { places } = this.use.getState();
		try {
			const asked = { assignmentId: this.#assignmentId, ...order, modelId, ...(places && { places }) };
			const compared = await this.#intake.send(order.source, (source) => client.grading.previewAddition({ ...asked, source }, { signal }), signal);
			if (!signal.aborted) this.use.setState({ compared, progress: null, error: null });
		} catch (error) {
			if (!signal.aborted) this.use.setState({ compared: null, progress: null, error });
		}
	}

	/** Says which question one of what is added answers; what answered that one before then answers none. */
	place(at: number, questionId: string | null): void {
		const before = this.use.getState().places ?? this.use.getState().compared?.places ?? [];
		const places = before.map((id, index) => (index === at ? questionId : id === questionId ? null : id));
		this.use.setState({ places, compared: null, replaced: new Set() });
	}

	/** Has an answer replaced, or not. */
	replace(answerId: string, isReplaced: boolean): void {
		this.use.setState(({ replaced, compared }) => {
			const before = replaced === 'all' ? (compared?.differences.map((each) => each.answerId) ?? []) : [...replaced];
			return { replaced: new Set(isReplaced ? [...before, answerId] : before.filter((id) => id !== answerId)) };
		});
	}

	/** Has all answers replaced that differ, also those that are not shown, or none. */
	replaceAll(isReplaced: boolean): void {
		this.use.setState({ replaced: isReplaced ? 'all' : new Set() });
	}

	/** Adds it; null where that failed, with the reason in `error`. */
	async add(): Promise<Added | null> {
		const { order } = this.#intake;
		const { compared, replaced } = this.use.getState();
		if (order === null || compared === null) return null;
		this.use.setState({ isAdding: true, error: null });
		try {
			const asked = { assignmentId: this.#assignmentId, ...order, places: compared.places, replace: replaced === 'all' ? replaced : [...replaced] };
			return await this.#intake.send(order.source, (source) => client.grading.addAnswers({ ...asked, source }));
		} catch (error) {
			this.use.setState({ error });
			return null;
		} finally {
			this.use.setState({ isAdding: false, progress: null });
		}
	}

	/** Breaks off what is under way. */
	close(): void {
		this.#intake.stop();
		this.#comparison.abort();
	}
}

/** How many answers are to be replaced. */
export function countReplaced({ compared, replaced }: Pick<AdditionState, 'compared' | 'replaced'>): number {
	return replaced === 'all' ? (compared?.differ ?? 0) : replaced.size;
}

/** About what grading what is added would cost, with what is replaced; null where that is not known. */
export function costOfAddition({ compared, replaced }: Pick<AdditionState, 'compared' | 'replaced'>): number | null {
	if (!compared?.tokens) return null;
	const { added, differing } = compared.tokens;
	if (replaced === 'all') return added + differing;
	return compared.differences.reduce((sum, { answerId, tokens }) => sum + (replaced.has(answerId) ? (tokens ?? 0) : 0), added);
}
