import { createHmac } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { IssuedToken, TokenSet } from '../../platform/http/WebDoor.ts';
import { lifetimes, type SessionRow } from './Sessions.ts';

const algorithm = 'HS256';
const audience = 'homeroom';
const types = { access: 'at+jwt', refresh: 'rt+jwt', known: 'kb+jwt' } as const;
/** As long as browsers keep a cookie at most. */
const knownMs = 400 * 24 * 60 * 60_000;

/**
 * Signs what browsers prove their session with, and reads it again: an access token for 30 minutes, a refresh token for 7 days.
 *
 * Both of these tell the session they belong to and nothing else that counts: whether that session is still good, and what its account may do,
 * is read from the database. A token is made from its session's row alone, so that the same row makes the same token.
 */
export class Tokens {
	readonly #secret: Uint8Array;
	readonly #issuer: string;
	readonly #now: () => number;

	/** @param options.secret 256 random bits, of this install alone. */
	constructor(options: { secret: Uint8Array; now: () => number }) {
		this.#secret = options.secret;
		this.#now = options.now;
		// The install is known by something that only its secret makes and that does not tell the secret.
		this.#issuer = createHmac('sha256', options.secret).update('install').digest('base64url');
	}

	async issue(row: SessionRow): Promise<TokenSet> {
		const [access, refresh, known] = await Promise.all([
			this.#sign(types.access, row, Math.min(row.refreshedAt + lifetimes.accessMs, row.expiresAt), { sid: row.id }),
			this.#sign(types.refresh, row, Math.min(row.refreshedAt + lifetimes.idleMs, row.expiresAt), { sid: row.id, jti: row.refreshId }),
			this.#sign(types.known, row, row.refreshedAt + knownMs, {}),
		]);
		return { access, refresh, known };
	}

	/** The session that an access token proves, and until when (epoch milliseconds); null for whatever is not a good one of ours. */
	async readAccess(token: string): Promise<{ sessionId: string; accountId: string; expiresAt: number } | null> {
		const claims = await this.#read(types.access, token);
		return claims && { sessionId: claims.sessionId, accountId: claims.accountId, expiresAt: claims.expiresAt };
	}

	/** The session that a refresh token belongs to and the token's own id; null for whatever is not a good one of ours. */
	async readRefresh(token: string): Promise<{ sessionId: string; refreshId: string } | null> {
		const claims = await this.#read(types.refresh, token);
		return claims?.refreshId === undefined ? null : { sessionId: claims.sessionId, refreshId: claims.refreshId };
	}

	/** The account whose browser this token tells of; null for whatever is not a good one of ours. */
	async readKnown(token: string): Promise<string | null> {
		return (await this.#verify(types.known, token, ['sub', 'exp']))?.sub ?? null;
	}

	async #sign(typ: string, row: SessionRow, until: number, claims: Record<string, string>): Promise<IssuedToken> {
		const issuedAt = Math.floor(row.refreshedAt / 1000);
		const expiresAt = Math.floor(until / 1000);
		const token = await new SignJWT(claims)
			.setProtectedHeader({ alg: algorithm, typ })
			.setIssuer(this.#issuer)
			.setAudience(audience)
			.setSubject(row.accountId)
			.setIssuedAt(issuedAt)
			.setExpirationTime(expiresAt)
			.sign(this.#secret);
		return { token, lastsSeconds: Math.max(0, expiresAt - Math.floor(this.#now() / 1000)) };
	}

	async #read(typ: string, token: string): Promise<{ sessionId: string; accountId: string; refreshId: string | undefined; expiresAt: number } | null> {
		const { sub, sid, jti, exp } = (await this.#verify(typ, token, ['sub', 'sid', 'iat', 'exp'])) ?? {};
		if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined) return null;
		return { sessionId: sid, accountId: sub, refreshId: jti, expiresAt: exp * 1000 };
	}

	async #verify(typ: string, token: string, requiredClaims: string[]): Promise<JWTPayload | null> {
		try {
			const { payload } = await jwtVerify(token, this.#secret, {
				algorithms: [algorithm],
				audience,
				issuer: this.#issuer,
				typ,
				requiredClaims,
				currentDate: new Date(this.#now()),
				clockTolerance: 0,
			});
			return payload;
		} catch (error) {
			if (error instanceof errors.JOSEError) return null;
			throw error;
		}
	}
}
