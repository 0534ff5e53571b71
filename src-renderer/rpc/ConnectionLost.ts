/**
 * What a call rejects with when the connection broke before its answer came.
 *
 * Whether the app did what was asked is then unknown: what a screen shows must come from the app again, by a watch or a read.
 */
export class ConnectionLost extends Error {
	readonly code = 'CONNECTION_LOST';
	readonly data = {};
	constructor() {
		super('The connection to Homeroom was lost before the answer came.');
		this.name = 'ConnectionLost';
	}
}
