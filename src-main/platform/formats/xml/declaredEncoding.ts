/**
 * The encoding that an XML declaration names, for a source whose bytes can be read that far; undefined where UTF-8 or a byte order mark speaks for
 * itself, and for a name no one knows.
 */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
	const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
	const [, name = ''] = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start) ?? [];
	if (name === '' || /^utf/i.test(name)) return undefined;
	try {
		return new TextDecoder(name).encoding;
	} catch {
		return undefined;
	}
}
