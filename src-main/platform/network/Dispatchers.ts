import { lookup } from 'node:dns/promises';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { bareHost, isNearHost } from './isNearHost.ts';
import { ProxyFault } from './networkFailure.ts';
import { openConnector, type Reach, type Resolve } from './openConnector.ts';

/** How far a connection may go, and the proxy that it goes through. */
type Key = `${Reach} ${string}`;

/** undici's own is 10 s as well; it is written out because the wait for a proxy counts on it. */
const connectMs = 10_000;

/**
 * Keeps the connections of the app, apart by where they may go and by the proxy they go through, so that one made under a looser
 * rule is never used again under a stricter one.
 */
export class Dispatchers {
	readonly #resolve: Resolve;
	readonly #made = new Map<Key, Dispatcher>();
	readonly #nearNames = new Set<string>();

	constructor(options: { resolve?: Resolve | undefined }) {
		this.#resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true, verbatim: true }));
	}

	/** What sends a request to `hostname`. A proxy stands between this network and the internet, so what is near is asked without it. */
	get(hostname: string, reach: Reach, proxy: string): Dispatcher {
		const way = reach === 'here' || reach === 'near' || isNearHost(hostname) ? 'none' : proxy;
		const key: Key = `${reach} ${way}`;
		const made = this.#made.get(key) ?? this.#make(reach, way);
		this.#made.set(key, made);
		return made;
	}

	/** Tells whether `hostname` is, or was at the last look-up, of this machine or its network. */
	isNear(hostname: string): boolean {
		return isNearHost(hostname) || this.#nearNames.has(bareHost(hostname));
	}

	/** Lets go of all connections: of the idle ones at once, of those at work when that is done. */
	retire(): void {
		for (const dispatcher of this.#take()) void dispatcher.close();
	}

	/** Cuts all connections. */
	async destroy(): Promise<void> {
		await Promise.all(this.#take().map((dispatcher) => dispatcher.destroy()));
	}

	/** Cuts those that may lead away from this machine. */
	async destroyOutward(): Promise<void> {
		await Promise.all(this.#take((key) => !key.startsWith('here ')).map((dispatcher) => dispatcher.destroy()));
	}

	#take(isMeant: (key: Key) => boolean = () => true): Dispatcher[] {
		const taken = [...this.#made].filter(([key]) => isMeant(key));
		for (const [key] of taken) this.#made.delete(key);
		return taken.map(([, dispatcher]) => dispatcher);
	}

	#make(reach: Reach, proxy: string): Dispatcher {
		const connect = openConnector(reach, { resolve: this.#resolve, onNear: (hostname) => this.#nearNames.add(bareHost(hostname)) });
		if (proxy === 'none') return new Agent({ connect });
		return new EnvHttpProxyAgent({
			connect,
			clientFactory: (origin) => new Pool(origin, { connect: proxyConnector() }),
			...(proxy === 'system' ? {} : { httpProxy: proxy, httpsProxy: proxy, noProxy: '' }),
		});
	}
}

/** Opens sockets to a proxy, and says so of what fails there. */
function proxyConnector(): buildConnector.connector {
	const connect = buildConnector({ timeout: connectMs, allowH2: false });
	return (target, done) => connect(target, (...answer) => (answer[0] === null ? done(...answer) : done(new ProxyFault(answer[0]), null)));
}
