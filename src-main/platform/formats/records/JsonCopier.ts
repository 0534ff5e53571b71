import { dataPath } from '../dataPath.ts';
import { JsonTokenizer } from '../json/JsonTokenizer.ts';
import { mergeKey } from '../mergeKeys.ts';
import type { Note } from '../Note.ts';
import type { NoteBook } from '../NoteBook.ts';
import { noArray } from './RecordReader.ts';

/** Written records, and how many. */
export interface WrittenRecords {
	text: string;
	records: number;
}

/**
 * Makes JSON of JSON, of lines or a list, without making values of it: what is spelled and spaced in the source as it is to be in the result is
 * copied as it stands, however much, and only the rest is written anew. The result and its notes are those that values would come to. The source is
 * decoded text, in which no halves of surrogate pairs are.
 */
export class JsonCopier {
	readonly #tokenizer: JsonTokenizer;
	readonly #notes: NoteBook;
	/** How many containers of the source are around a record. */
	readonly #outside: number;
	#isInside: boolean;
	/** What stands before the first record, between two and behind the last. */
	readonly #around: { first: string; between: string; last: string };
	/** The line breaks with the indentation of each level; empty for one line. */
	readonly #lineEnds: string[] = [''];
	readonly #step: string;
	/** How many entries or items there are so far in each open container of the record. */
	readonly #counts: number[] = [];
	#records = 0;
	#isAfterKey = false;
	#text = '';
	/** What of the source is to be copied next, as offsets; nothing where they are the same. */
	#from = 0;
	#to = 0;

	constructor(from: 'json' | 'jsonl', { to, indent = 0 }: { to: 'json' | 'jsonl'; indent?: number | 'tab' }, notes: NoteBook) {
		this.#isInside = from === 'jsonl';
		this.#outside = this.#isInside ? 0 : 1;
		this.#tokenizer = new JsonTokenizer({ several: this.#isInside });
		this.#around = to === 'jsonl' ? { first: '', between: '\n', last: '\n' } : { first: '\n', between: ',\n', last: '' };
		this.#step = to === 'jsonl' ? '' : indent === 'tab' ? '\t' : ' '.repeat(indent);
		this.#notes = notes;
	}

	feed(chunk: string): WrittenRecords {
		this.#tokenizer.feed(chunk);
		return this.#take();
	}

	end(): WrittenRecords {
		this.#tokenizer.end();
		const { text, records } = this.#take();
		return { text: this.#records > 0 ? text + this.#around.last : text, records };
	}

	#take(): WrittenRecords {
		const tokenizer = this.#tokenizer;
		const before = this.#wholeRecords;
		for (let token = tokenizer.next(); token !== 'more' && token !== 'end'; token = tokenizer.next()) {
			const level = tokenizer.depth - this.#outside;
			switch (token) {
				case 'beginObject':
				case 'beginArray':
					if (this.#isInside) this.#open(level);
					else if (token === 'beginArray') this.#isInside = true;
					else throw noArray(tokenizer.at);
					break;
				case 'endObject':
				case 'endArray':
					// The end of the list itself is no record's.
					if (level >= 0) this.#close(level);
					break;
				case 'key':
					this.#put(this.#separator(level));
					this.#isAfterKey = true;
					if (tokenizer.shapeAt(tokenizer.depth - 1)?.isRepeated || tokenizer.text === mergeKey) this.#tell(level);
					break;
				default:
					if (!this.#isInside) throw noArray(tokenizer.at);
					this.#put(this.#separator(level));
			}
		}
		this.#flush();
		const text = this.#text;
		this.#text = '';
		return { text, records: this.#wholeRecords - before };
	}

	get #wholeRecords(): number {
		return this.#tokenizer.depth > this.#outside ? this.#records - 1 : this.#records;
	}

	#open(level: number): void {
		this.#put(this.#separator(level - 1));
		this.#counts[level - 1] = 0;
		this.#lineEnds[level] ??= this.#step === '' ? '' : `${level === 1 ? '\n' : this.#lineEnds[level - 1]}${this.#step}`;
	}

	#close(level: number): void {
		const isEmpty = this.#counts[level] === 0;
		this.#put(isEmpty || this.#step === '' ? '' : level === 0 ? '\n' : (this.#lineEnds[level] ?? ''));
	}

	/** What is written before a key or a value in the container of this level; before one of level 0 what stands between records. */
	#separator(level: number): string {
		if (this.#isAfterKey) {
			this.#isAfterKey = false;
			return this.#step === '' ? ':' : ': ';
		}
		if (level === 0) return this.#records++ === 0 ? this.#around.first : this.#around.between;
		const count = this.#counts[level - 1] ?? 0;
		this.#counts[level - 1] = count + 1;
		const lineEnd = this.#lineEnds[level] ?? '';
		return count === 0 ? lineEnd : `,${lineEnd}`;
	}

	/** Puts the token behind what is written, with `before` between: by copying on, where the source has the same there. */
	#put(before: string): void {
		const { at, position, isUsual } = this.#tokenizer;
		const isNext = this.#from < this.#to && at - this.#to === before.length && (isSure(before) || this.#tokenizer.source(this.#to, at) === before);
		if (!isNext || !isUsual) {
			this.#flush();
			this.#text += before;
			this.#from = at;
		}
		this.#to = position;
		if (isUsual) return;
		this.#text += JSON.stringify(this.#tokenizer.text);
		this.#from = position;
	}

	#flush(): void {
		if (this.#from < this.#to) this.#text += this.#tokenizer.source(this.#from, this.#to);
		this.#from = this.#to;
	}

	/** Tells of a key what is to be told. */
	#tell(level: number): void {
		const { at, text, depth } = this.#tokenizer;
		const note = (told: Note) => this.#notes.add({ ...told, path: dataPath(this.#steps(level)) }, at);
		if (text === mergeKey) note({ code: 'mergeKey', kind: 'convention', what: text });
		if (this.#tokenizer.shapeAt(depth - 1)?.isRepeated) note({ code: 'duplicateKey', kind: 'convention', what: text });
	}

	#steps(levels: number): (string | number)[] {
		const inside = Array.from({ length: levels }, (_, level) => this.#tokenizer.shapeAt(level + this.#outside)?.key ?? (this.#counts[level] ?? 1) - 1);
		return [this.#records - 1, ...inside];
	}
}

/** Where so many characters stand between two tokens, they can be nothing else. */
function isSure(before: string): boolean {
	return before === '' || before === ',' || before === ':';
}
