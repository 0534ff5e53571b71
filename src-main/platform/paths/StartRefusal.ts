/** Why the app cannot start. Stable, so that a host can say it in another language. */
export type StartRefusalReason =
	| 'dataFolderUnusable'
	| 'dataFolderInUse'
	| 'sqliteUnfit'
	| 'databaseUnusable'
	| 'databaseDamaged'
	| 'databaseNewer'
	| 'databaseOther'
	| 'migrationFailed'
	| 'diskFull';

/**
 * An expected reason not to start. Its message is for people, in full sentences: what happened, what was kept, what to do.
 *
 * A host shows the message and exits with a status that is not zero; anything else thrown at start is a bug.
 */
export class StartRefusal extends Error {
	readonly reason: StartRefusalReason;

	constructor(reason: StartRefusalReason, message: string, cause?: unknown) {
		super(message, { cause });
		this.name = 'StartRefusal';
		this.reason = reason;
	}
}
