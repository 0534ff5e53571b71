/** What a training cannot start or go on for, as the app translates it. */
export type RefusalKind =
	/** No llama.cpp libraries for this system lie beside the app, or they do not load. */
	| 'librariesMissing'
	/** They are of another version than the signatures were written for. */
	| 'librariesDiffer'
	/** The model is of a kind that cannot be trained. */
	| 'modelUnsupported'
	/** There is not enough memory for what was asked. */
	| 'outOfMemory'
	/** What the run was given does not fit the model. */
	| 'badInput'
	/** A checkpoint is damaged or of another run. */
	| 'badCheckpoint';

/** An expected end of a training, with a sentence that says what is the matter. Anything else that is thrown is a bug. */
export class TrainerRefusal extends Error {
	override name = 'TrainerRefusal';
	readonly kind: RefusalKind;

	constructor(kind: RefusalKind, sentence: string, options?: ErrorOptions) {
		super(sentence, options);
		this.kind = kind;
	}
}
