import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';

/** The addresses that no other machine reaches. */
export const loopbackAddresses: readonly string[] = ['127.0.0.1', '::1'];

const address = z.union([z.ipv4(), z.ipv6()]);
/** A name that other machines call this one by, such as `homeroom.school.example`. */
const hostName = z
	.string()
	.max(253)
	.regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/);
/** What a browser calls the place that a page comes from: scheme, host and port, nothing behind. */
const origin = z
	.string()
	.max(300)
	.regex(/^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/)
	.refine((text) => URL.parse(text)?.origin === text, 'This is not an origin: scheme, host and port, without a port that goes without saying.');

export const gatewaySettings = z.strictObject({
	isOn: z.boolean(),
	/** 0: any that is free. */
	port: z.number().int().min(0).max(65_535),
	/** The address it listens on; any but a loopback address opens it to other machines, and then it speaks HTTPS alone. */
	address,
	/** Names beside its addresses under which it may be spoken to. */
	hosts: z.array(hostName).max(20),
	/** Web pages from there may use it; no others may. */
	origins: z.array(origin).max(20),
});
export type GatewaySettings = z.infer<typeof gatewaySettings>;
export const defaultGatewaySettings: GatewaySettings = { isOn: false, port: 4610, address: '127.0.0.1', hosts: [], origins: [] };

/** What it proves itself with where it speaks HTTPS. Its key is never shown. */
export const gatewayCertificate = z.object({
	/** Made by Homeroom itself: other programs must be told to trust it. */
	isSelfMade: z.boolean(),
	names: z.array(z.string()),
	expiresAt: z.number().int(),
	/** SHA-256 over the whole certificate, as programs show it. */
	fingerprint: z.string(),
	/** The certificate itself, for those who are to trust it. */
	pem: z.string(),
});
export type GatewayCertificate = z.infer<typeof gatewayCertificate>;

export const gatewayState = z.object({
	settings: gatewaySettings,
	state: z.enum(['off', 'opening', 'open', 'failed']),
	/** Where it really listens, such as `http://127.0.0.1:4610`, as read back from the socket; null while it is not open. */
	origin: z.string().nullable(),
	/** Why it could not be opened. */
	failure: failureRecord.nullable(),
	/** Null while it speaks plain HTTP, to this machine alone. */
	certificate: gatewayCertificate.nullable(),
	/** What the machine could listen on beyond loopback. */
	machineAddresses: z.array(z.string()),
});
export type GatewayState = z.infer<typeof gatewayState>;

const pem = z.string().min(1).max(100_000);

export const gateway = {
	/** How the gateway is set and how it is, now and after each change. */
	watch: procedure('admin').output(eventIterator(gatewayState)),
	/**
	 * Changes what is named, and opens or closes the gateway by it; the answer comes when that is done, and tells in `failure` why it could
	 * not be. An address that other machines reach is taken only with `opensToNetwork`.
	 */
	change: procedure('admin', [], { audit: { fields: ['isOn', 'address', 'port', 'hosts', 'origins'] }, auditFields: ['isOn', 'address', 'port'] })
		.input(gatewaySettings.partial().extend({ opensToNetwork: z.boolean().default(false) }))
		.output(gatewayState),
	/** Takes a certificate of the owner's with its private key, both PEM; null: Homeroom makes one itself. */
	setCertificate: procedure('admin', ['CERTIFICATE_INVALID'], { audit: 'self' })
		.input(z.strictObject({ own: z.strictObject({ certificate: pem, key: pem }).nullable() }))
		.output(gatewayState),
};
