import { deepest, FormatError } from '../FormatError.ts';
import type { Aside, Element, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { ReadOptions } from '../options.ts';
import { conventionOf } from '../projection/markupConvention.ts';
import { PlainRecords } from '../projection/PlainRecords.ts';
import { type RecordMaker, recordMaker } from '../projection/toData.ts';
import type { PlainMarkup, StartTag } from '../xml/PlainMarkup.ts';
import { XmlScanner } from '../xml/XmlScanner.ts';
import type { RecordReader } from './RecordReader.ts';

/** One record may have so many parts: what is larger is no list of records. */
const mostParts = 1_000_000;

/**
 * The elements of an XML document that are its records: the children of the root, or those at `recordsAt` (`/rss/channel/item`). What stands
 * around them is noted as lost.
 */
export class XmlRecordReader implements RecordReader {
	readonly #scanner: XmlScanner;
	readonly #notes: NoteBook;
	readonly #maker: RecordMaker;
	readonly #plain: PlainRecords | undefined;
	/** The names of the elements around the records, and of these; `undefined` stands for any. */
	readonly #path: readonly (string | undefined)[];
	readonly #open: Element[] = [];
	#depth = 0;
	/** How many of the open elements are at the path. */
	#matched = 0;
	#parts = 0;
	#records: Value[] = [];
	areBare = true;
	/** There is a comment in a record. */
	#hasComments = false;

	constructor(head: string, options: ReadOptions, notes: NoteBook) {
		this.#maker = recordMaker(notes, options.markup);
		this.#plain = PlainRecords.by(conventionOf(options.markup));
		this.#notes = notes;
		this.#path = options.recordsAt === undefined ? [undefined, undefined] : options.recordsAt.split('/').slice(1);
		this.#scanner = new XmlScanner(
			{
				open: (element) => this.#enter(element),
				close: () => this.#leave(),
				whole: (markup, tag, begin) => this.#readPlain(markup, tag, begin),
				aside: (aside) => this.#aside(aside),
			},
			head,
			options,
		);
	}

	feed(chunk: string): Value[] {
		this.#scanner.feed(chunk);
		return this.#take();
	}

	end(): Value[] {
		this.#scanner.end();
		return this.#take();
	}

	#enter(element: Element): void {
		this.#depth++;
		const parent = this.#open[this.#open.length - 1];
		if (parent !== undefined) {
			this.#count(element);
			parent.content.push(element);
			this.#open.push(element);
			return;
		}
		const wanted = this.#path[this.#matched];
		const isOnPath = this.#matched === this.#depth - 1 && (wanted === undefined || wanted === element.name);
		if (isOnPath) this.#matched++;
		if (isOnPath && this.#matched === this.#path.length) this.#open.push(element);
		else {
			if (!isOnPath) this.#lose('element', `<${element.name}>`, element.at);
			for (const { name, value } of element.attributes) this.#lose('attribute', `${name}="${value}"`, element.at);
		}
	}

	#leave(): void {
		const closed = this.#open.pop();
		if (closed !== undefined && this.#open.length === 0) {
			this.#records.push(this.#maker.record(closed));
			this.#parts = 0;
		}
		if (this.#matched === this.#depth) this.#matched--;
		this.#depth--;
	}

	/** Reads a record as a whole, where it is plain and a record. */
	#readPlain(markup: PlainMarkup, tag: StartTag, begin: number): number {
		const wanted = this.#path[this.#matched];
		const isRecord = this.#matched === this.#depth && this.#matched === this.#path.length - 1 && (wanted === undefined || wanted === tag.name);
		const read = isRecord ? this.#plain?.read(markup, tag, begin, deepest - this.#depth) : undefined;
		if (read === undefined) return -1;
		this.#records.push(read.record);
		return read.end;
	}

	#aside(aside: Aside): void {
		const parent = this.#open[this.#open.length - 1];
		if (parent !== undefined) {
			if (aside.kind === 'comment') this.#hasComments = true;
			this.#count(aside);
			parent.content.push(aside);
		} else if (aside.kind !== 'characters' || !/^[ \t\r\n]*$/.test(aside.text)) this.#lose(aside.kind, aside.text, aside.at);
	}

	#count({ at }: Element | Aside): void {
		if (++this.#parts > mostParts) {
			throw new FormatError('recordTooLong', `A record has more than ${mostParts} parts.`, {
				detail: String(mostParts),
				...(at !== undefined && { offset: at }),
			});
		}
	}

	#lose(code: string, what: string, at: number | undefined): void {
		this.#notes.add({ code, kind: 'lost', what }, at);
	}

	#take(): Value[] {
		const records = this.#records;
		this.#records = [];
		this.areBare = this.#maker.areBare && !this.#hasComments;
		this.#maker.areBare = true;
		// What is read of the next record already may have one.
		this.#hasComments &&= this.#open.length > 0;
		return records;
	}
}
