import type { DocumentLimits, ReadDocument } from '../documentContract.ts';
import { DocumentRefusal } from './DocumentRefusal.ts';
import { readDocx } from './readDocx.ts';
import { readXlsx } from './readXlsx.ts';
import { ZipArchive } from './ZipArchive.ts';

/** Reads what is packed as a ZIP archive: a Word document or a workbook, by what is in it. */
export async function readZip(bytes: Uint8Array, limits: DocumentLimits): Promise<ReadDocument> {
	const archive = new ZipArchive(bytes, limits.inflatedBytes);
	if (archive.names.some((name) => name.startsWith('word/'))) return await readDocx(archive);
	if (archive.names.includes('xl/workbook.xml')) return await readXlsx(archive, limits);
	const type = archive.names.includes('mimetype') ? (archive.read('mimetype')?.toString('latin1') ?? '') : '';
	if (type.startsWith('application/vnd.oasis.opendocument')) throw new DocumentRefusal('openDocument');
	throw new DocumentRefusal(archive.names.includes('[Content_Types].xml') ? 'unknownKind' : 'archive', archive.names.slice(0, 3).join(', ').slice(0, 200));
}
