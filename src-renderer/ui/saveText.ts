import { saveFile } from './saveFile.ts';

/** Hands a text to the reader as a file to save, under the given name and media type. Nothing leaves the page. */
export function saveText(fileName: string, text: string, mediaType: string): void {
	saveFile(fileName, new Blob([text], { type: `${mediaType};charset=utf-8` }));
}
