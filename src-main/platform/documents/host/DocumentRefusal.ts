import type { DocumentReason } from '#contract/documentReason.ts';

/** Thrown in the reading process for a document that cannot be read, with what is wrong in it, if that is known. */
export class DocumentRefusal extends Error {
	readonly reason: DocumentReason;

	constructor(reason: DocumentReason, detail = '', options?: ErrorOptions) {
		super(detail, options);
		this.reason = reason;
	}
}
