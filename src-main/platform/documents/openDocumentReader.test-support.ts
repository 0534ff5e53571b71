import path from 'node:path';
import { pino } from 'pino';
import { DocumentReader, type ReaderLimits } from './DocumentReader.ts';

/** A reader of documents with a real process behind it. */
export function openDocumentReader(limits: Partial<ReaderLimits> = {}): DocumentReader {
	const entry = path.join(import.meta.dirname, 'host/documentHost.ts');
	return new DocumentReader({ node: process.execPath, entry, log: pino({ level: 'silent' }), limits });
}
