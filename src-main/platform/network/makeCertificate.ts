import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const dayMs = 86_400_000;

/**
 * Makes a certificate for names and addresses that signs for itself, with its key, both as PEM. The encoding is X.690 (DER), the fields
 * RFC 5280; it is for servers alone, and signs nothing but itself.
 *
 * @param options.commonName what it is called where certificates are listed.
 * @param options.days for how long it is good, from yesterday, since clocks differ.
 */
export function makeCertificate(names: readonly string[], { commonName, days }: { commonName: string; days: number }): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(objectId('2a8648ce3d040302'));
	const name = sequence(tag(0x31, sequence(objectId('550403'), tag(0x0c, Buffer.from(commonName)))));
	const validity = sequence(...[-1, days].map((shift) => tag(0x18, Buffer.from(generalizedTime(Date.now() + shift * dayMs)))));
	const alternatives = sequence(
		...names.map((entry) => (isIP(entry) ? tag(0x87, Buffer.from(ipaddr.parse(entry).toByteArray())) : tag(0x82, Buffer.from(entry)))),
	);
	const critical = tag(0x01, Buffer.from([0xff]));
	const extensions = sequence(
		sequence(objectId('551d11'), tag(0x04, alternatives)),
		// An authority of one certificate, itself: what is trusted by hand must be one for many programs.
		sequence(objectId('551d13'), critical, tag(0x04, sequence(critical, tag(0x02, Buffer.from([0]))))),
		sequence(objectId('551d25'), tag(0x04, sequence(objectId('2b06010505070301')))),
	);
	const toSign = sequence(
		tag(0xa0, tag(0x02, Buffer.from([2]))),
		tag(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
		algorithm,
		name,
		validity,
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		tag(0xa3, extensions),
	);
	const signature = sign('sha256', toSign, privateKey);
	const certificate = sequence(toSign, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
	const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
	};
}

function tag(number: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([number, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => tag(0x30, Buffer.concat(parts));
const objectId = (hex: string) => tag(0x06, Buffer.from(hex, 'hex'));
const generalizedTime = (at: number) => new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
