import path from 'node:path';
import { pino } from 'pino';
import { DocumentReader, type ReaderLimits } from './DocumentReader.ts';

/** A reader of documents with a real process behind it. */
export function openDocumentReader(limits: Partial<ReaderLimits> = {}): DocumentReader {
	const entry = path.join(import.meta.dirname, 'host/documentHost.ts');
	const cMaps = path.join(import.meta.dirname, '../../../resources/cmaps');
	return new DocumentReader({ node: process.execPath, entry, cMaps, log: pino({ level: 'silent' }), limits });
}
