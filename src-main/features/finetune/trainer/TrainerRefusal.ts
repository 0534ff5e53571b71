/** What a trainer's work cannot start or go on for, as the app translates it. */
export const refusalKinds = [
	/** No llama.cpp libraries for this system lie beside the app, or they do not load. */
	'librariesMissing',
	/** They are of another version than the signatures were written for. */
	'librariesDiffer',
	/** The model is of a kind that cannot be trained. */
	'modelUnsupported',
	/** There is not enough memory for what was asked. */
	'outOfMemory',
	/** What the run was given does not fit the model. */
	'badInput',
	/** A checkpoint is damaged or of another run. */
	'badCheckpoint',
	/** A loss is no number any more; of an adapter's file: a value is none. */
	'notFinite',
	/** The disk did not take what was to be saved. */
	'disk',
	// Of an adapter's file, as ADAPTER_INVALID and ADAPTER_UNFIT have them.
	'notGguf',
	'noAdapter',
	'damaged',
	'noPair',
	'unsupported',
	'otherArchitecture',
	'otherShape',
] as const;
export type RefusalKind = (typeof refusalKinds)[number];

/** An expected end of a trainer's work, with a sentence that says what is the matter. Anything else that is thrown is a bug. */
export class TrainerRefusal extends Error {
	override name = 'TrainerRefusal';
	readonly kind: RefusalKind;
	/** Of memory, with `outOfMemory`; null where it is not known. */
	readonly neededBytes: number | null;

	constructor(kind: RefusalKind, sentence: string, options?: ErrorOptions & { neededBytes?: number }) {
		super(sentence, options);
		this.kind = kind;
		this.neededBytes = options?.neededBytes ?? null;
	}
}
