import type { FilmFile } from '../FilmFile.ts';
import type { Attachment } from '../filmTrack.ts';
import { readElementHeader } from './ebml.ts';
import { ids } from './elementIds.ts';
import type { Segment } from './Segment.ts';

/** More than the largest film carries; what says more is hostile. */
const mostAttachments = 500;
const longestText = 1000;

/** The files that a film carries (RFC 9559 section 5.1.6): their headers are read, and never what they hold. Those without a name or content are left out. */
export async function readAttachments(file: FilmFile, { parts, end }: Segment): Promise<Attachment[]> {
	const at = parts.get(ids.attachments);
	const found: Attachment[] = [];
	if (at === undefined) return found;
	for await (const outer of elementsOf(file, at, end)) {
		if (outer.id !== ids.attachments) break;
		for await (const attached of elementsOf(file, outer.dataAt, outer.end)) {
			if (attached.id === ids.attachedFile) found.push(...(await readAttachment(file, attached)));
			if (found.length > mostAttachments) throw file.refuse('tooMuchInside', attached.dataAt, `more than ${mostAttachments} attachments`);
		}
		break;
	}
	return found;
}

async function readAttachment(file: FilmFile, { dataAt, end }: Place): Promise<Attachment[]> {
	let [fileName, mediaType] = ['', ''];
	let data: Place | null = null;
	const text = async (place: Place) => {
		const bytes = await file.read(place.dataAt, Math.min(longestText, place.end - place.dataAt), 'the name of an attachment');
		return new TextDecoder().decode(bytes).replace(/\0.*$/s, '');
	};
	for await (const part of elementsOf(file, dataAt, end)) {
		if (part.id === ids.fileName) fileName = await text(part);
		else if (part.id === ids.fileMediaType) mediaType = await text(part);
		else if (part.id === ids.fileData) data = part;
	}
	const sizeBytes = data ? data.end - data.dataAt : 0;
	return data && fileName !== '' && sizeBytes > 0 ? [{ fileName, mediaType, sizeBytes, at: data.dataAt }] : [];
}

interface Place {
	id: number;
	dataAt: number;
	end: number;
}

/** The elements from one place to another, up to the first that does not fit in. */
async function* elementsOf(file: FilmFile, from: number, end: number): AsyncGenerator<Place> {
	for (let at = from; at < end; ) {
		const header = readElementHeader(await file.peek(at));
		if (!header || header.sizeBytes === null) return;
		const dataAt = at + header.headerBytes;
		at = dataAt + header.sizeBytes;
		if (at > end) return;
		yield { id: header.id, dataAt, end: at };
	}
}
