/** Hands a text to the reader as a file to save, under the given name and media type. Nothing leaves the page. */
export function saveText(fileName: string, text: string, mediaType: string): void {
	const address = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
	const link = document.createElement('a');
	link.href = address;
	link.download = fileName;
	link.click();
	// The browser has taken hold of the bytes by the time other work gets its turn.
	setTimeout(() => URL.revokeObjectURL(address));
}
