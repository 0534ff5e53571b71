/** Hands a file to the reader to save, under the given name. Nothing leaves the page. */
export function saveFile(fileName: string, file: Blob): void {
	const address = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = address;
	link.download = fileName;
	link.click();
	// The browser has taken hold of the bytes by the time other work gets its turn.
	setTimeout(() => URL.revokeObjectURL(address));
}
