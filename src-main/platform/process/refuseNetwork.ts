import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Takes the network away from this process: whatever asks for a connection or a name from then on gets an error.
 *
 * For processes that work on files alone, such as the engine hosts: no library in them phones home, fetches a model or looks for a newer
 * version, whatever it was written to do. Everything of Node goes through what is replaced here: `fetch`, http, tls and sockets through
 * `Socket.connect`, names through `dns`. Native code could go past it; it is a second lock beside the options that keep libraries from asking
 * (`build: 'never'`, `skipDownload`). Channels that are open already, such as the one to the app, go on.
 */
export function refuseNetwork(): void {
	const refuse = (): never => {
		throw new Error('this process has no network');
	};
	const reject = () => Promise.reject(new Error('this process has no network'));
	// TLS sockets inherit it.
	net.Socket.prototype.connect = refuse;
	for (const name of ['send', 'connect'] as const) dgram.Socket.prototype[name] = refuse;
	replaceLookUps(dns, refuse);
	replaceLookUps(dns.Resolver.prototype, refuse);
	replaceLookUps(dns.promises, reject);
	replaceLookUps(dns.promises.Resolver.prototype, reject);
	syncBuiltinESMExports();
}

function replaceLookUps(of: object, by: () => unknown): void {
	const names = [...new Set([...Object.keys(of), ...Object.getOwnPropertyNames(of)])];
	for (const name of names) if (/^(lookup|resolve|reverse)/.test(name)) Object.assign(of, { [name]: by });
}
