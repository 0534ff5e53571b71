const host = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** The name of a machine as the gateway compares it, without what people put around it; null for what is none. */
export function readHost(typed: string): string | null {
	const name = typed
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/[:/].*$/, '')
		.replace(/\.$/, '');
	return host.test(name) && name.length <= 253 ? name : null;
}

/** The place that web pages come from, out of an address of one of them; null where there is none in it. */
export function readOrigin(typed: string): string | null {
	const url = URL.parse(typed.trim());
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return null;
	return url.origin;
}
