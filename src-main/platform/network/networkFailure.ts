import { type ErrorData, type Failure, failure, isFailure } from '#contract/errors.ts';

type Reason = ErrorData<'NETWORK_FAILED'>['reason'];

/** The proxy itself could not be reached. */
export class ProxyFault extends Error {
	constructor(cause: Error) {
		super('The proxy could not be reached.', { cause });
	}
}

/** A connection led to where it may not go (openConnector.ts). */
export class OutOfReach extends Error {
	readonly reason: ErrorData<'REDIRECT_REFUSED'>['reason'];

	constructor(reason: ErrorData<'REDIRECT_REFUSED'>['reason']) {
		super(`The address is out of reach: ${reason}.`);
		this.reason = reason;
	}
}

/** By the code of the error, the first that fits: https://nodejs.org/api/errors.html, undici's `errors`, OpenSSL's X509_V_ERR names. */
const reasons: readonly (readonly [RegExp, Reason])[] = [
	// A tunnel that the proxy refuses ends as aborted; that the caller aborted is found out before.
	[/^UND_ERR_(PRX|ABORTED)/, 'proxy'],
	[/^(ENOTFOUND|ENODATA|EAI_)/, 'unknownHost'],
	[/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'refused'],
	[/TIMEOUT|ETIMEDOUT/, 'timeout'],
	[/CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_/, 'certificate'],
];

/**
 * Turns whatever undici or Node threw about `host` into a failure to show; one that is a failure already stays as it is.
 *
 * @param leader the host that led to `host`; itself unless there was a redirect.
 */
export function networkFailure(error: unknown, host: string, leader = host): Failure {
	if (isFailure(error)) return error;
	if (error instanceof OutOfReach) return failure('REDIRECT_REFUSED', { host: leader, reason: error.reason });
	return failure('NETWORK_FAILED', { host, reason: reasonOf(error) }, error);
}

function reasonOf(error: unknown): Reason {
	if (error instanceof ProxyFault) return 'proxy';
	const code = codeOf(error);
	const known = reasons.find(([pattern]) => pattern.test(code));
	if (known) return known[1];
	// Several addresses were tried in vain: the first says why.
	if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
	return 'broken';
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
