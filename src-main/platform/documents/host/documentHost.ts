import os from 'node:os';
import { refuseNetwork } from '../../process/refuseNetwork.ts';
import { watchParent } from '../../process/watchParent.ts';
import { type DocumentAnswer, type DocumentOrder, documentOrder, type ReadDocument } from '../documentContract.ts';
import { DocumentRefusal } from './DocumentRefusal.ts';
import { readPdf } from './readPdf.ts';
import { readZip } from './readZip.ts';
import { watchMemory } from './watchMemory.ts';

// The program in which documents are read, `node documentHost.ts MOST_BYTES CMAPS_FOLDER`: it is spoken to over the channel of a child process, answers
// one order after another, and may be ended at any time. Whatever a document does to it, it does not do to the app.
watchParent();
refuseNetwork();
watchMemory(Number(process.argv[2]));
process.on('disconnect', () => process.exit(0));
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

process.on('message', async (message: unknown) => {
	// Anything but an order is none of the app's.
	const order = documentOrder.parse(typeof message === 'string' ? JSON.parse(message) : null);
	say(await answerTo(order));
});
say({ type: 'ready' });

function say(answer: DocumentAnswer): void {
	process.send?.(JSON.stringify(answer));
}

async function answerTo(order: DocumentOrder): Promise<DocumentAnswer> {
	try {
		const document = await read(order);
		if (charactersOf(document) > order.limits.characters) throw new DocumentRefusal('tooMuchInside', 'Its text is too long.');
		return { type: 'read', id: order.id, document };
	} catch (error) {
		if (!(error instanceof DocumentRefusal)) console.error(error);
		// What a library did not foresee is the document's fault too.
		const refusal = error instanceof DocumentRefusal ? error : new DocumentRefusal('damaged', error instanceof Error ? error.message : '');
		return { type: 'refused', id: order.id, reason: refusal.reason, detail: refusal.message.slice(0, 500) };
	}
}

async function read({ kind, base64, limits }: DocumentOrder): Promise<ReadDocument> {
	const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
	return kind === 'pdf' ? await readPdf(bytes, limits, process.argv[3] ?? '') : await readZip(bytes, limits);
}

function charactersOf(document: ReadDocument): number {
	if (document.kind === 'picture') return 0;
	if (document.kind === 'text') return document.text.length;
	let sum = 0;
	for (const { rows } of document.sheets) for (const row of rows) for (const cell of row) sum += cell.length;
	return sum;
}
