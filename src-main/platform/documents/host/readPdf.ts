import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractTextItems, getDocumentProxy } from 'unpdf';
import type { DocumentLimits, DocumentNote, ReadDocument } from '../documentContract.ts';
import { DocumentRefusal } from './DocumentRefusal.ts';
import { joinLines } from './joinLines.ts';

/** A document names its table itself. */
const cMapName = /^[\w-]{1,60}\.bcmap$/;

/**
 * Reads the text layer of a PDF, its pages apart by a blank line. One without any text is a picture, as a scan is.
 *
 * Older Chinese, Japanese and Korean documents count on tables of characters that are not in them (ISO 32000-1, 9.7.5.2): these lie in
 * `cMapsFolder`. Text whose table is not there either cannot be read, which is told.
 */
export async function readPdf(bytes: Uint8Array, limits: DocumentLimits, cMapsFolder: string): Promise<ReadDocument> {
	const missing = new Set<string>();
	const pages = await readPages(bytes, limits, { cMapsFolder, missing }).catch((error: unknown) => {
		throw error instanceof DocumentRefusal ? error : refusalOf(error);
	});
	const withText = pages.filter((page) => page !== '');
	if (withText.length === 0 && missing.size > 0) throw new DocumentRefusal('fontsMissing', [...missing].join(', '));
	if (withText.length === 0) return { kind: 'picture' };
	const notes: DocumentNote[] = [];
	if (withText.length < pages.length) notes.push({ code: 'pagesWithoutText', count: pages.length - withText.length });
	if (missing.size > 0) notes.push({ code: 'fontsMissing', count: missing.size });
	return { kind: 'text', text: withText.join('\n\n'), pages: pages.length, notes };
}

async function readPages(bytes: Uint8Array, limits: DocumentLimits, cMaps: { cMapsFolder: string; missing: Set<string> }): Promise<string[]> {
	/** Whom the library asks for what a document counts on and does not hold. */
	class CMapsAlone {
		async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
			const cMap = kind === 'cMapUrl' && cMapName.test(filename) ? await readFile(join(cMaps.cMapsFolder, filename)).catch(() => null) : null;
			if (cMap) return cMap;
			if (kind === 'cMapUrl') cMaps.missing.add(filename);
			throw new Error(`${filename} is not here`);
		}
	}
	const pdf = await getDocumentProxy(bytes, { BinaryDataFactory: CMapsAlone, useWorkerFetch: false, maxImageSize: 1, verbosity: 0 });
	if (pdf.numPages > limits.pages) throw new DocumentRefusal('tooMuchInside', `${pdf.numPages} pages`);
	const { items } = await extractTextItems(pdf);
	return items.map(joinLines);
}

function refusalOf(error: unknown): DocumentRefusal {
	const isLocked = error instanceof Error && error.name === 'PasswordException';
	return new DocumentRefusal(isLocked ? 'encrypted' : 'damaged', error instanceof Error ? error.message : '', { cause: error });
}
