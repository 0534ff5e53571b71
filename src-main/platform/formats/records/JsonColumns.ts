import { JsonTokenizer } from '../json/JsonTokenizer.ts';
import { type ColumnPath, type Flattener, valueColumn } from '../table/flatten.ts';
import { noArray } from './RecordReader.ts';

interface Container {
	/** Undefined of a record that is a mapping: its entries have the columns. */
	path: ColumnPath | undefined;
	isObject: boolean;
	count: number;
}

/**
 * Finds the columns of a table in records of JSON, lines or a list, by their keys alone: no values are made, as a second pass makes them. `feed` and
 * `end` answer with how many records there were.
 */
export class JsonColumns {
	readonly #tokenizer: JsonTokenizer;
	readonly #flattener: Flattener;
	#isInside: boolean;
	readonly #open: Container[] = [];
	#top: ColumnPath;
	#key = '';

	constructor(from: 'json' | 'jsonl', flattener: Flattener) {
		this.#isInside = from === 'jsonl';
		this.#tokenizer = new JsonTokenizer({ several: this.#isInside });
		this.#flattener = flattener;
		this.#top = flattener.begin();
	}

	feed(chunk: string): number {
		this.#tokenizer.feed(chunk);
		return this.#take();
	}

	end(): number {
		this.#tokenizer.end();
		return this.#take();
	}

	#take(): number {
		const tokenizer = this.#tokenizer;
		let records = 0;
		for (let token = tokenizer.next(); token !== 'more' && token !== 'end'; token = tokenizer.next()) {
			if (!this.#isInside) {
				if (token !== 'beginArray') throw noArray(tokenizer.at);
				this.#isInside = true;
				continue;
			}
			switch (token) {
				case 'key':
					this.#key = tokenizer.text;
					continue;
				case 'beginObject':
				case 'beginArray': {
					const isObject = token === 'beginObject';
					this.#open.push({ path: this.#begin(isObject), isObject, count: 0 });
					continue;
				}
				case 'endObject':
				case 'endArray': {
					const closed = this.#open.pop();
					// The end of the list itself closes nothing.
					if (closed === undefined) continue;
					if (closed.count === 0 && closed.path) this.#flattener.surveyCell(closed.path);
					break;
				}
				default: {
					const path = this.#begin(false);
					if (path) this.#flattener.surveyCell(path);
				}
			}
			if (this.#open.length === 0) records++;
		}
		return records;
	}

	/** The path of a value that begins; undefined for a record that is a mapping. */
	#begin(isObject: boolean): ColumnPath | undefined {
		const parent = this.#open[this.#open.length - 1];
		if (parent === undefined) {
			this.#top = this.#flattener.begin();
			return isObject ? undefined : this.#flattener.step(this.#top, valueColumn);
		}
		const count = parent.count++;
		return this.#flattener.step(parent.path ?? this.#top, parent.isObject ? this.#key : count);
	}
}
