import { z } from 'zod';

/** Why a document gives nothing to read. */
export const documentReason = z.enum([
	'empty',
	'damaged',
	'encrypted',
	'oldOffice',
	'openDocument',
	'richText',
	'archive',
	'unknownKind',
	'fontsMissing',
	'tooMuchInside',
	'tooSlow',
]);
export type DocumentReason = z.infer<typeof documentReason>;
