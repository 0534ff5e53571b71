import { Zip, ZipDeflate } from 'fflate';
import { FormatError } from '../FormatError.ts';
import { stylesPart } from './workbookStyles.ts';

/** A file in an archive without 64-bit sizes may have so many bytes unpacked (APPNOTE.TXT 4.4.9). */
const mostSheetBytes = 2 ** 32 - 1;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const package_ = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * Packs the sheets of a workbook one after another as they are written (ECMA-376 part 2). What is ready of the file is given by `take`, and nothing
 * is held of it then.
 *
 * @throws FormatError `workbookTooLarge` for a sheet that the archive cannot hold
 */
export class WorkbookPacker {
	readonly #zip: Zip;
	readonly #encoder = new TextEncoder();
	#ready: Uint8Array[] = [];
	#sheet: ZipDeflate | undefined;
	#sheets = 0;
	#sheetBytes = 0;

	/** `names` are those of the sheets, as `sheetNames` makes them. */
	constructor(names: readonly string[]) {
		this.#zip = new Zip((error, data) => {
			if (error) throw error;
			this.#ready.push(data);
		});
		for (const [name, content] of partsAround(names)) this.#open(name).push(this.#encoder.encode(content), true);
	}

	/** Begins the next sheet. */
	begin(): void {
		this.#end();
		this.#sheet = this.#open(`xl/worksheets/sheet${++this.#sheets}.xml`);
		this.#sheetBytes = 0;
	}

	/** Adds to the sheet that was begun last. */
	write(text: string): void {
		const bytes = this.#encoder.encode(text);
		this.#sheetBytes += bytes.length;
		if (this.#sheetBytes > mostSheetBytes) {
			throw new FormatError('workbookTooLarge', 'A sheet of a workbook holds 4 GB.', { detail: '4 GB' });
		}
		this.#sheet?.push(bytes);
	}

	/** The last of the file. */
	end(): void {
		this.#end();
		this.#zip.end();
	}

	/** What is ready of the file since it was last taken. */
	take(): Uint8Array {
		const ready = this.#ready;
		this.#ready = [];
		return Buffer.concat(ready);
	}

	#end(): void {
		this.#sheet?.push(new Uint8Array(0), true);
		this.#sheet = undefined;
	}

	#open(name: string): ZipDeflate {
		const file = new ZipDeflate(name, { level: 3 });
		// The same content is the same file, whenever it is written.
		file.mtime = '1980-01-02T00:00:00';
		this.#zip.add(file);
		return file;
	}
}

/** What a workbook has beside its sheets. */
function partsAround(names: readonly string[]): [name: string, content: string][] {
	const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	const types = names.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${part}.worksheet+xml"/>`).join('');
	const sheets = names.map((name, index) => `<sheet name="${quoted(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('');
	const links = names.map((_, index) => link(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`)).join('');
	return [
		[
			'[Content_Types].xml',
			`${declaration}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
				`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/>` +
				`<Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/>${types}</Types>\n`,
		],
		['_rels/.rels', relationships(link(1, 'officeDocument', 'xl/workbook.xml'))],
		[
			'xl/workbook.xml',
			`${declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets>${sheets}</sheets></workbook>\n`,
		],
		['xl/_rels/workbook.xml.rels', relationships(links + link(names.length + 1, 'styles', 'styles.xml'))],
		['xl/styles.xml', stylesPart()],
	];
}

function relationships(links: string): string {
	return `${declaration}<Relationships xmlns="${package_}/relationships">${links}</Relationships>\n`;
}

function link(number: number, type: string, target: string): string {
	return `<Relationship Id="rId${number}" Type="${office}/${type}" Target="${target}"/>`;
}

function quoted(name: string): string {
	return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
