import { backendEndpoint } from '#contract/backends.ts';

/** A typed address of a backend that can be kept. */
export interface ReadEndpoint {
	address: string;
	host: string;
	/** The server runs on this very machine, as its address says. */
	isHere: boolean;
}

/** Reads a typed address; null where it is none, has a name, a password or a query in it, or does not begin with http:// or https://. */
export function readEndpoint(typed: string): ReadEndpoint | null {
	const address = typed.trim();
	// Chromium takes a host with blanks in it, against the standard.
	if (!/^https?:\/\/[^\s/]\S*$/i.test(address) || !backendEndpoint.safeParse(address).success) return null;
	const { host, hostname } = new URL(address);
	return { address, host, isHere: /^(localhost|(.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])\.?$/.test(hostname) };
}

/** Whether another server stands behind an address than behind the one before, so that a key that was kept is not for it. */
export function isOtherServer(address: string, before: string): boolean {
	return new URL(address).origin !== new URL(before).origin;
}
