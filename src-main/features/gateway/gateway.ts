import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Failure, failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import type { GatewaySettings, GatewayState } from '#contract/gateway.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import type { WebDoor } from '../../platform/http/WebDoor.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { Secrets } from '../../platform/secrets/Secrets.ts';
import type { Keys } from '../accounts/accounts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RequestRecord } from '../monitor/monitor.ts';
import { AnswerPlaces } from './AnswerPlaces.ts';
import type { Models } from './answerPaid.ts';
import { checkCertificate, describeCertificate, isBeyondMachine, machineAddresses, makeOwnCertificate, namesOf, stillDoes } from './certificates.ts';
import { GatewayTable } from './GatewayTable.ts';
import type { LocalGateway } from './LocalAccess.ts';
import { ModelNames, type NamedModel } from './ModelNames.ts';
import { type OpenServer, openServer, type ServerLimits, usualLimits } from './openServer.ts';
import { Payments } from './Payments.ts';
import { PromptLengths } from './PromptLengths.ts';
import { v1Routes } from './v1/v1Routes.ts';

export { type AnswerOrder, type AnswerTools, answerPaid, ensureLoaded, type Models, type PaidPiece } from './answerPaid.ts';
export { principalOf } from './identifyProgram.ts';
export type { NamedModel } from './ModelNames.ts';
export type { Receipt } from './Payments.ts';

/** Under which name the key of the certificate is kept. */
const keySecret = 'gatewayKey';

/** What a caller without a key of its own may ask, which is a person signed in by a program. */
const usualOfPeople = { requestsPerMinute: 120, streamsAtOnce: 2 };

export interface GatewayOptions {
	db: Db;
	door: Pick<WebDoor, 'identify' | 'onChange'>;
	keys: Pick<Keys, 'standing' | 'use'>;
	/** Whether an account has a password. */
	hasPassword(accountId: string): boolean;
	models: Models;
	/** All that can be asked of `models`. */
	listModels: () => NamedModel[];
	ledger: Ledger;
	secrets: Pick<Secrets, 'get' | 'set'>;
	log: Logger;
	/** Where Homeroom's own page is served, which the gateway cannot have too. */
	pagePort?: number | undefined;
	/** Told where it is each time it has been opened, and null before it closes. */
	opened?: (open: LocalGateway | null) => void;
	/** Told of every request once it is answered. */
	record?: (request: RequestRecord) => void;
	/** Told of some of those that no program of ours may have sent, which count for nothing. */
	recordStranger?: (request: RequestRecord) => void;
	limits?: Partial<ServerLimits>;
}

/** How things stand, beside what is stored. */
type Standing = { kind: 'off' } | { kind: 'opening' } | { kind: 'open'; server: OpenServer; origin: string } | { kind: 'failed'; failure: Failure };

/**
 * The gateway: an HTTP server on a port of its own through which other programs use the models, with the same accounts and the same
 * ledger. Off until an administrator switches it on.
 *
 * On loopback addresses it speaks HTTP; on any other, HTTPS alone, and only for accounts that have a password.
 */
export class Gateway {
	readonly #options: GatewayOptions;
	readonly #table: GatewayTable;
	readonly #payments: Payments;
	readonly #places: AnswerPlaces;
	readonly #promptLengths = new PromptLengths();
	readonly #names: ModelNames;
	readonly #routes: ((server: FastifyInstance) => Promise<void>)[] = [];
	readonly #listeners = new Set<() => void>();
	/** Of who asks, as it was when the request began. */
	readonly #limits = new WeakMap<Principal, { requestsPerMinute: number; streamsAtOnce: number }>();
	#standing: Standing = { kind: 'off' };
	/** Openings and closings, one after another. */
	#turn: Promise<void> = Promise.resolve();
	#closed = false;

	constructor(options: GatewayOptions) {
		const { db, ledger, keys, log, models } = options;
		this.#options = options;
		this.#table = new GatewayTable(db);
		this.#payments = new Payments({ db, ledger, keys, log });
		this.#places = new AnswerPlaces((principal) => this.#limitsOf(principal).streamsAtOnce);
		this.#names = new ModelNames({ list: options.listModels, usableBy: (accountId) => models.usableBy(accountId) });
		this.registerRoutes((server) => v1Routes(server, { ...this.tools, names: this.#names }));
	}

	/** What an answer is written and paid with, for other routes. */
	get tools() {
		const { models, ledger } = this.#options;
		return { models, ledger, payments: this.#payments, places: this.#places, promptLengths: this.#promptLengths, names: this.#names };
	}

	/**
	 * Adds routes, in a scope of their own; call it before `start`. Each route declares in its `config` what it requires (`user` where it says
	 * nothing) and the `scope` that a key must have; whoever asks is `principalOf(request)`.
	 */
	registerRoutes(routes: (server: FastifyInstance) => Promise<void>): void {
		this.#routes.push(routes);
	}

	/** Opens another server beside it, on any free port of this machine alone, however the gateway is set: for a program that this process is part of. */
	async openAside(): Promise<{ origin: string; close(): Promise<void> }> {
		const { address, close } = await openServer({ ...this.#serving, address: { host: '127.0.0.1', port: 0 }, names: [], origins: [], certificate: null });
		return { origin: `http://${address.address}:${address.port}`, close };
	}

	/** Opens the gateway, if it is switched on. What keeps it from that is told by `watch`, and never thrown. */
	start(): Promise<void> {
		return this.#reopen();
	}

	get state(): GatewayState {
		const { settings, certificate } = this.#table.read();
		const standing = this.#standing;
		const isShown = isBeyondMachine(settings.address) && certificate !== null;
		return {
			settings,
			state: standing.kind,
			origin: standing.kind === 'open' ? standing.origin : null,
			failure: standing.kind === 'failed' ? toFailureRecord(standing.failure, '') : null,
			certificate: isShown ? describeCertificate(certificate.pem, certificate.isSelfMade) : null,
			machineAddresses: machineAddresses(),
		};
	}

	/** The same now, and again after each change. */
	watch(signal?: AbortSignal): AsyncGenerator<GatewayState, void, void> {
		return latest<GatewayState>(
			(push) => {
				const listener = () => push(this.state);
				this.#listeners.add(listener);
				listener();
				return () => this.#listeners.delete(listener);
			},
			{ signal },
		);
	}

	/** Stores what is named and opens or closes by it. An address beyond this machine needs `opensToNetwork` (INVALID_INPUT). */
	async change(changes: Partial<GatewaySettings>, opensToNetwork: boolean): Promise<GatewayState> {
		if (changes.address !== undefined && isBeyondMachine(changes.address) && !opensToNetwork) {
			const message = 'Other machines reach this address: confirm it with "opensToNetwork".';
			throw failure('INVALID_INPUT', { issues: [{ path: 'opensToNetwork', message }] });
		}
		this.#table.change(changes);
		await this.#reopen();
		return this.state;
	}

	/** Takes a certificate of the owner's; null: one that Homeroom makes. Throws CERTIFICATE_INVALID. */
	async setCertificate(own: { certificate: string; key: string } | null): Promise<GatewayState> {
		if (own) checkCertificate(own);
		this.#options.secrets.set(keySecret, own?.key ?? null);
		this.#table.setCertificate(own && { pem: own.certificate, isSelfMade: false });
		await this.#reopen();
		return this.state;
	}

	/** Ends what is being answered, which is settled for what was made. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#turn;
		await this.#shut();
		this.#payments.close();
	}

	#reopen(): Promise<void> {
		this.#turn = this.#turn.then(async () => {
			await this.#shut();
			if (!this.#closed && this.#table.read().settings.isOn) await this.#open();
		});
		return this.#turn;
	}

	async #shut(): Promise<void> {
		if (this.#standing.kind === 'open') {
			this.#options.opened?.(null);
			await this.#standing.server.close();
		}
		this.#tell({ kind: 'off' });
	}

	async #open(): Promise<void> {
		this.#tell({ kind: 'opening' });
		const { settings } = this.#table.read();
		const { address: host, port } = settings;
		try {
			const certificate = isBeyondMachine(host) ? this.#certificateFor(settings) : null;
			const { hasPassword } = this.#options;
			const server = await openServer({
				...this.#serving,
				address: { host, port },
				names: namesOf(settings).map(bracketed),
				origins: settings.origins,
				certificate,
				refuseCaller: ({ accountId }) => {
					if (certificate && !hasPassword(accountId)) throw failure('PASSWORD_COMPULSORY', {});
				},
			});
			const origin = `${certificate ? 'https' : 'http'}://${bracketed(server.address.address)}:${server.address.port}`;
			this.#options.log.info({ origin }, 'the gateway is open');
			this.#tell({ kind: 'open', server, origin });
			this.#options.opened?.({ origin, certificate: certificate?.cert ?? null });
		} catch (error) {
			const failed = whyNotOpened(error, { address: host, port, isOwn: port === this.#options.pagePort });
			this.#options.log.error({ err: error, code: failed.code }, 'the gateway could not be opened');
			this.#tell({ kind: 'failed', failure: failed });
		}
	}

	/** What every server of its is opened with. */
	get #serving() {
		const { door, record, recordStranger, log, limits } = this.#options;
		return {
			...{ door, log, routes: this.#routes, limits: { ...usualLimits, ...limits } },
			refuseCaller: () => {},
			perMinute: (principal: Principal) => this.#limitsOf(principal).requestsPerMinute,
			record: (request: RequestRecord) => record?.(request),
			recordStranger: (request: RequestRecord) => recordStranger?.(request),
		};
	}

	/** The certificate for these settings, made now where there is none that does. One of the owner's is never replaced. */
	#certificateFor(settings: GatewaySettings): { cert: string; key: string } {
		const { certificate: kept } = this.#table.read();
		const key = this.#options.secrets.get(keySecret);
		if (kept && !kept.isSelfMade) {
			if (key === null) throw failure('CERTIFICATE_INVALID', { reason: 'keyUnreadable' });
			checkCertificate({ certificate: kept.pem, key });
			return { cert: kept.pem, key };
		}
		if (kept && key !== null && stillDoes(kept.pem, settings)) return { cert: kept.pem, key };
		const made = makeOwnCertificate(settings);
		this.#options.secrets.set(keySecret, made.key);
		this.#table.setCertificate({ pem: made.cert, isSelfMade: true });
		return made;
	}

	#limitsOf(principal: Principal): { requestsPerMinute: number; streamsAtOnce: number } {
		const { key } = principal;
		const limits = this.#limits.get(principal) ?? (key && this.#options.keys.standing(key.id)) ?? usualOfPeople;
		this.#limits.set(principal, limits);
		return limits;
	}

	#tell(standing: Standing): void {
		this.#standing = standing;
		for (const listener of this.#listeners) listener();
	}
}

function bracketed(address: string): string {
	return isIPv6(address) ? `[${address}]` : address;
}

function whyNotOpened(error: unknown, { address, port, isOwn }: { address: string; port: number; isOwn: boolean }): Failure {
	if (isFailure(error)) return error;
	const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
	if (code === 'EADDRINUSE') return failure('PORT_TAKEN', { port, reason: isOwn ? 'page' : 'program' }, error);
	if (code === 'EADDRNOTAVAIL' || code === 'EACCES' || code === 'EAFNOSUPPORT') return failure('ADDRESS_UNAVAILABLE', { address, port }, error);
	return failure('INTERNAL', { requestId: '' }, error);
}
