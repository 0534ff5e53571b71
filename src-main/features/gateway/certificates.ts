import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import os from 'node:os';
import { createSecureContext } from 'node:tls';
import { failure } from '#contract/errors.ts';
import { type GatewayCertificate, type GatewaySettings, loopbackAddresses } from '#contract/gateway.ts';
import { makeCertificate } from '../../platform/network/makeCertificate.ts';

/** Browsers and Apple's programs take none that is good for longer (825 days). */
const selfMadeDays = 820;
/** One that is about to end is made anew. */
const renewBeforeMs = 30 * 86_400_000;

/** Whether other machines reach this address. */
export function isBeyondMachine(address: string): boolean {
	return !loopbackAddresses.includes(address);
}

/** The addresses of this machine that others may reach it by. */
export function machineAddresses(): string[] {
	const all = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
	// An address with a zone means another machine elsewhere.
	return [
		...new Set(all.filter(({ internal, family, address }) => !internal && !(family === 'IPv6' && address.startsWith('fe80'))).map(({ address }) => address)),
	];
}

/** The names and addresses that the gateway may be called by beyond loopback's. */
export function namesOf({ address, hosts }: Pick<GatewaySettings, 'address' | 'hosts'>): string[] {
	const own = ['0.0.0.0', '::'].includes(address) ? machineAddresses() : [address];
	return [...new Set([...own.filter(isBeyondMachine), ...hosts])];
}

/** Makes a certificate for these settings. */
export function makeOwnCertificate(settings: Pick<GatewaySettings, 'address' | 'hosts'>): { cert: string; key: string } {
	return makeCertificate([...namesOf(settings), 'localhost', '127.0.0.1', '::1'], { commonName: 'Homeroom', days: selfMadeDays });
}

/** Whether a certificate that Homeroom made will still do for these settings. */
export function stillDoes(pem: string, settings: Pick<GatewaySettings, 'address' | 'hosts'>): boolean {
	const certificate = new X509Certificate(pem);
	const isFor = (name: string) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
	return certificate.validToDate.getTime() > Date.now() + renewBeforeMs && namesOf(settings).every(isFor);
}

/** Checks a certificate and the key that belongs to it. Throws CERTIFICATE_INVALID. */
export function checkCertificate({ certificate: cert, key }: { certificate: string; key: string }): void {
	const parsed = attempt(() => new X509Certificate(cert), 'unreadable');
	const privateKey = attempt(() => createPrivateKey(key), 'keyUnreadable');
	if (!parsed.checkPrivateKey(privateKey)) throw failure('CERTIFICATE_INVALID', { reason: 'mismatch' });
	if (parsed.validToDate.getTime() <= Date.now()) throw failure('CERTIFICATE_INVALID', { reason: 'expired' });
	// What OpenSSL would only say when the first connection comes, such as a key that is too weak.
	attempt(() => createSecureContext({ cert, key }), 'unreadable');
}

/** A certificate as people are shown it. */
export function describeCertificate(pem: string, isSelfMade: boolean): GatewayCertificate {
	const certificate = new X509Certificate(pem);
	const names = (certificate.subjectAltName ?? certificate.subject).split(/, |\n/).map((name) => name.replace(/^(DNS|IP Address|CN)[:=]/, ''));
	return { isSelfMade, names, expiresAt: certificate.validToDate.getTime(), fingerprint: certificate.fingerprint256, pem };
}

function attempt<T>(work: () => T, reason: 'unreadable' | 'keyUnreadable'): T {
	try {
		return work();
	} catch (error) {
		throw failure('CERTIFICATE_INVALID', { reason }, error);
	}
}
