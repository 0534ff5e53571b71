import type { Writable } from 'node:stream';

type Screen = Writable & { isTTY?: boolean; columns?: number };

const barCells = 24;

/**
 * What the command line prints: results on the one stream, so that they can be piped on, and all that is said beside them on the other. With
 * `isJson` every result is a line of JSON, and nothing else is printed.
 */
export class Terminal {
	readonly isJson: boolean;
	readonly #out: Screen;
	readonly #beside: Screen;
	#hasBar = false;

	constructor(options: { isJson: boolean; out: Screen; beside: Screen }) {
		this.isJson = options.isJson;
		this.#out = options.out;
		this.#beside = options.beside;
	}

	/** A result: as one line of JSON, or by `text` as people read it. */
	result(value: object, text: string): void {
		this.#clear();
		this.#out.write(this.isJson ? `${JSON.stringify(value)}\n` : `${this.#shown(text)}\n`);
	}

	/** Text as it is written; people see it at once, and lines of JSON have it at the end. */
	piece(text: string): void {
		if (!this.isJson) this.#out.write(this.#shown(text));
	}

	/** A sentence beside the results. */
	say(sentence: string): void {
		this.#clear();
		if (!this.isJson) this.#beside.write(`${plainText(sentence)}\n`);
	}

	/** What went wrong. */
	complain(value: object, sentence: string): void {
		this.#clear();
		this.#beside.write(this.isJson ? `${JSON.stringify(value)}\n` : `${plainText(sentence)}\n`);
	}

	/** How far it is, on a terminal alone: it takes the place of the one before. */
	progress(fraction: number, label: string): void {
		if (this.isJson || !this.#beside.isTTY) return;
		const full = Math.round(Math.min(1, Math.max(0, fraction)) * barCells);
		const bar = `${'█'.repeat(full)}${'░'.repeat(barCells - full)} ${String(Math.round(fraction * 100)).padStart(3)} %  ${plainText(label)}`;
		this.#beside.write(`\r\u001b[K${[...bar].slice(0, (this.#beside.columns ?? 80) - 1).join('')}`);
		this.#hasBar = true;
	}

	/** A terminal obeys what a file only holds. */
	#shown(text: string): string {
		return this.#out.isTTY ? plainText(text) : text;
	}

	#clear(): void {
		if (this.#hasBar) this.#beside.write('\r\u001b[K');
		this.#hasBar = false;
	}
}

/** Columns of text, each as wide as its widest; the last is as long as it is. What a terminal would obey is shown as what it is. */
export function columns(rows: readonly (readonly string[])[]): string {
	const plain = rows.map((row) => row.map(plainText));
	const widths = (plain[0] ?? []).map((_, at) => Math.max(...plain.map((row) => row[at]?.length ?? 0)));
	return plain
		.map((row) =>
			row
				.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** A text without what moves a terminal's cursor, colours it or turns letters round; line ends and tabs stay. */
export function plainText(text: string): string {
	return text.replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '�');
}
