import type { Logger } from 'pino';
import type { DocumentReason } from '#contract/documentReason.ts';
import { type Failure, failure } from '#contract/errors.ts';
import { type Child, startChild } from '../process/startChild.ts';
import { decodeText } from '../text/decodeText.ts';
import { type DocumentAnswer, type DocumentLimits, type DocumentOrder, documentAnswer, type ReadDocument } from './documentContract.ts';
import { documentKindOf } from './documentKind.ts';

const mebibyte = 2 ** 20;

/** What reading a document may take; over it the document is refused. */
export interface ReaderLimits extends DocumentLimits {
	fileBytes: number;
	milliseconds: number;
	/** Of the process that reads. */
	memoryBytes: number;
}

const usualLimits: ReaderLimits = {
	fileBytes: 32 * mebibyte,
	inflatedBytes: 128 * mebibyte,
	characters: 16_000_000,
	cells: 4_000_000,
	pages: 1000,
	milliseconds: 30_000,
	memoryBytes: 1024 * mebibyte,
};
/** How long the process that reads is kept for the next document. */
const idleMs = 30_000;

/** The bytes of a file, and its name for what is said of it. */
export interface DocumentInput {
	bytes: Uint8Array;
	fileName: string;
}

interface Waiting {
	order: DocumentOrder;
	fileName: string;
	resolve(document: ReadDocument): void;
	reject(error: Error): void;
}

/**
 * Reads what people hand in as files: Word documents, PDF with a text layer, workbooks, and plain text in any encoding.
 *
 * What a file is goes by its content. Everything but plain text is read in a process of its own, one document after another, which is ended
 * when a document takes too long or too much; the next one gets a new process. Close the reader when the app ends.
 */
export class DocumentReader {
	readonly #options: { node: string; entry: string; cMaps: string; log: Logger };
	readonly #limits: ReaderLimits;
	#child: Child | null = null;
	/** Whether the process has said that it is there: one that ends before is a fault of ours, not of a document. */
	#isReady = false;
	readonly #waiting: Waiting[] = [];
	#current: { waiting: Waiting; timer: NodeJS.Timeout; reason: DocumentReason | null } | null = null;
	#idle: NodeJS.Timeout | undefined;
	#lastId = 0;

	/** `entry`: the program documentHost.ts, or its bundle. `cMaps`: the folder of tables of characters for PDF. `limits`: in place of the usual ones. */
	constructor(options: { node: string; entry: string; cMaps: string; log: Logger; limits?: Partial<ReaderLimits> }) {
		this.#options = options;
		this.#limits = { ...usualLimits, ...options.limits };
	}

	/**
	 * Reads one document. Scans and pictures are `picture`: there is no text in them.
	 *
	 * @throws DOCUMENT_INVALID for what cannot be read, with the reason; TOO_LARGE.
	 */
	async read(input: DocumentInput): Promise<ReadDocument> {
		const { bytes, fileName } = input;
		if (bytes.length > this.#limits.fileBytes) throw failure('TOO_LARGE', { limitBytes: this.#limits.fileBytes });
		if (bytes.length === 0) throw invalid(fileName, 'empty');
		const kind = documentKindOf(bytes);
		switch (kind) {
			case 'picture':
				return { kind: 'picture' };
			case 'other':
				throw invalid(fileName, 'unknownKind');
			case 'text':
				return await readPlain(input);
			case 'rtf':
				throw invalid(fileName, 'richText');
			case 'cfb':
				// A document under a password lies in the old container, in a stream of this name (MS-OFFCRYPTO 2.3.4).
				throw invalid(fileName, Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'oldOffice');
			default:
				return await this.#ask(kind, input);
		}
	}

	/** Ends the process that reads, if there is one; what waits is refused. */
	async close(): Promise<void> {
		clearTimeout(this.#idle);
		for (const { reject } of this.#waiting.splice(0)) reject(failure('SHUTTING_DOWN', {}));
		await this.#child?.stop(0);
	}

	#ask(kind: 'zip' | 'pdf', { bytes, fileName }: DocumentInput): Promise<ReadDocument> {
		const { inflatedBytes, characters, cells, pages } = this.#limits;
		const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
		const order = { id: ++this.#lastId, kind, base64, limits: { inflatedBytes, characters, cells, pages } };
		return new Promise((resolve, reject) => {
			this.#waiting.push({ order, fileName, resolve, reject });
			this.#next();
		});
	}

	#next(): void {
		if (this.#current) return;
		const waiting = this.#waiting.shift();
		clearTimeout(this.#idle);
		if (!waiting) {
			this.#idle = setTimeout(() => this.#stopIdle(), idleMs).unref();
			return;
		}
		const child = this.#child ?? this.#start();
		const timer = setTimeout(() => this.#give(child, 'tooSlow'), this.#limits.milliseconds);
		this.#current = { waiting, timer, reason: null };
		child.port.postMessage(JSON.stringify(waiting.order));
	}

	/** What comes while it ends gets a new one. */
	#stopIdle(): void {
		const child = this.#child;
		this.#child = null;
		child?.stop();
	}

	#start(): Child {
		const { node, entry, cMaps, log } = this.#options;
		const { memoryBytes } = this.#limits;
		const child = startChild({
			node,
			// It has no business with files or other programs. One more hurdle for whatever took it over, and no wall: it needs its threads.
			nodeArgs: [
				'--permission',
				'--allow-fs-read=*',
				'--allow-worker',
				'--disable-warning=PERM0006',
				`--max-old-space-size=${Math.round(memoryBytes / 2 / mebibyte)}`,
			],
			entry,
			args: [String(memoryBytes), cMaps],
			log,
			name: 'documents',
		});
		this.#child = child;
		this.#isReady = false;
		child.port.on('message', (event) => this.#receive(child, event?.data));
		void child.exited.then(() => this.#lost(child));
		return child;
	}

	#receive(child: Child, message: unknown): void {
		const answer = readAnswer(message);
		if (child !== this.#child) return;
		if (answer?.type === 'ready') this.#isReady = true;
		const current = this.#current;
		if (answer?.type === 'ready' || !current) return;
		if (answer?.id !== current.waiting.order.id) {
			this.#give(child, 'damaged');
			return;
		}
		this.#current = null;
		clearTimeout(current.timer);
		if (answer.type === 'read') current.waiting.resolve(answer.document);
		else current.waiting.reject(invalid(current.waiting.fileName, answer.reason, answer.detail));
		this.#next();
	}

	/** Gives the document up that is being read. */
	#give(child: Child, reason: DocumentReason): void {
		if (this.#current) this.#current.reason ??= reason;
		child.kill();
	}

	/** The process is gone: it ran out of memory, or was ended by us, or the document broke it. */
	#lost(child: Child): void {
		if (child !== this.#child) return;
		this.#child = null;
		const current = this.#current;
		this.#current = null;
		if (current) {
			clearTimeout(current.timer);
			const isOurs = !this.#isReady && current.reason === null;
			current.waiting.reject(
				isOurs ? new Error('the process that reads documents did not start') : invalid(current.waiting.fileName, current.reason ?? 'tooMuchInside'),
			);
		}
		this.#next();
	}
}

function invalid(fileName: string, reason: DocumentReason, detail = ''): Failure<'DOCUMENT_INVALID'> {
	return failure('DOCUMENT_INVALID', { fileName: fileName.slice(0, 255), reason, detail });
}

async function readPlain({ bytes, fileName }: DocumentInput): Promise<ReadDocument> {
	const { text } = await decodeText(bytes);
	// Characters that no text has; a stray one is told below, many are another kind of file, as are few where one of them is NUL.
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
	const odd = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\uFFFD]/g)?.length ?? 0;
	if ((odd > 5 || text.includes('\0')) && odd > text.length / 50) throw invalid(fileName, 'unknownKind');
	const broken = text.match(/\uFFFD/g)?.length ?? 0;
	const plain = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
	return { kind: 'text', text: plain, pages: null, notes: broken > 0 ? [{ code: 'undecodable', count: broken }] : [] };
}

/** What a message says, or null where it is no answer. */
function readAnswer(message: unknown): DocumentAnswer | null {
	try {
		return typeof message === 'string' ? (documentAnswer.safeParse(JSON.parse(message)).data ?? null) : null;
	} catch {
		return null;
	}
}
