import mammoth from 'mammoth';
import { htmlToText } from '../../text/htmlToText.ts';
import type { DocumentNote, ReadDocument } from '../documentContract.ts';
import { DocumentRefusal } from './DocumentRefusal.ts';
import { lineUpFormulas } from './lineUpFormulas.ts';
import { packStored } from './packStored.ts';
import type { ZipArchive } from './ZipArchive.ts';

/** Reads a Word document: paragraphs, lists with their signs, tables with tabs, formulas on one line, notes at its end. */
export async function readDocx(archive: ZipArchive): Promise<Extract<ReadDocument, { kind: 'text' }>> {
	const files = new Map<string, Uint8Array>();
	let formulas = 0;
	for (const name of archive.names) {
		if (!/\.(xml|rels)$/i.test(name)) continue;
		const content = archive.read(name);
		if (!content) continue;
		const lined = /^word\/[^/]+\.xml$/.test(name) ? lineUpFormulas(content.toString()) : { xml: '', count: 0 };
		formulas += lined.count;
		files.set(name, lined.count > 0 ? Buffer.from(lined.xml) : content);
	}
	let pictures = 0;
	const convertImage = mammoth.images.imgElement(async () => {
		pictures++;
		return { src: '' };
	});
	const { value } = await mammoth.convertToHtml({ buffer: packStored(files) }, { convertImage }).catch((error: unknown) => {
		throw new DocumentRefusal('damaged', error instanceof Error ? error.message : '', { cause: error });
	});
	const notes: DocumentNote[] = [];
	if (formulas > 0) notes.push({ code: 'formulas', count: formulas });
	if (pictures > 0) notes.push({ code: 'pictures', count: pictures });
	return { kind: 'text', text: htmlToText(value), pages: null, notes };
}
