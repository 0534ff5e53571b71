/** The beginning of an EBML element (RFC 8794 section 5 and 6). */
export interface ElementHeader {
	id: number;
	/** Of the header itself. */
	headerBytes: number;
	/** Of what follows; null where the writer did not know it. */
	sizeBytes: number | null;
}

/** An element that was read whole. */
export interface Element {
	id: number;
	data: Uint8Array;
}

/** Reads the header at the beginning of `bytes`; null for what is none, or is cut off. */
export function readElementHeader(bytes: Uint8Array): ElementHeader | null {
	const idBytes = Math.clz32(bytes[0] ?? 0) - 23;
	if (idBytes > 4 || bytes.length < idBytes + 1) return null;
	let id = 0;
	for (let index = 0; index < idBytes; index++) id = id * 256 + (bytes[index] ?? 0);
	const size = readSize(bytes, idBytes);
	return size && { id, headerBytes: idBytes + size.bytes, sizeBytes: size.value };
}

/** Reads a number of variable length; `value` is null for "unknown", all of whose bits are set. Null for what is none. */
export function readSize(bytes: Uint8Array, at: number): { value: number | null; bytes: number } | null {
	const first = bytes[at] ?? 0;
	const length = Math.clz32(first) - 23;
	if (length > 8 || bytes.length < at + length) return null;
	let value = first & (0xff >> length);
	let isUnknown = value === 0xff >> length;
	for (let index = 1; index < length; index++) {
		const byte = bytes[at + index] ?? 0;
		value = value * 256 + byte;
		isUnknown &&= byte === 0xff;
	}
	if (isUnknown) return { value: null, bytes: length };
	return Number.isSafeInteger(value) ? { value, bytes: length } : null;
}

/** The elements in the content of another one, up to the first that does not fit in. */
export function* elementsIn(content: Uint8Array): Generator<Element> {
	for (let at = 0; at < content.length; ) {
		const header = readElementHeader(content.subarray(at, at + 12));
		if (!header || header.sizeBytes === null) return;
		const from = at + header.headerBytes;
		at = from + header.sizeBytes;
		if (at > content.length) return;
		yield { id: header.id, data: content.subarray(from, at) };
	}
}

/** The content of the first element of this number in the content of another one. */
export function elementIn(content: Uint8Array, id: number): Uint8Array | null {
	for (const element of elementsIn(content)) if (element.id === id) return element.data;
	return null;
}

/** An unsigned integer of up to 8 bytes; `otherwise` where there is none, or none that is safe to count with. */
export function unsignedIn(content: Uint8Array, id: number, otherwise: number): number {
	const data = elementIn(content, id);
	return data ? (unsignedOf(data) ?? otherwise) : otherwise;
}

/** The unsigned integer that an element is; null where it is longer than such a number, or too large to count with. */
export function unsignedOf(data: Uint8Array): number | null {
	let value = 0;
	for (const byte of data) value = value * 256 + byte;
	return data.length <= 8 && Number.isSafeInteger(value) ? value : null;
}

/** A string, which a zero byte may end early; empty where there is none. */
export function textIn(content: Uint8Array, id: number): string {
	return new TextDecoder().decode(elementIn(content, id) ?? new Uint8Array()).replace(/\0.*$/s, '');
}
