/** An id for a criterion or a level that no other has had: a mark knows the level that it was given by this alone. */
export function newId(): string {
	// Not randomUUID: a page that is served in a school's network without TLS does not have it.
	return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
