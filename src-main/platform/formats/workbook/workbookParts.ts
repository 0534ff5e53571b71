import { SaxesParser } from 'saxes';

/** A sheet of a workbook as it is listed there (ECMA-376 part 1, 18.2.19). */
export interface SheetPart {
	name: string;
	/** Of its part in the archive: `xl/worksheets/sheet1.xml`. */
	file: string;
	isHidden: boolean;
}

/** What `xl/workbook.xml` says of the whole: its sheets, and whether its days are counted from 1904 (ECMA-376 part 1, 18.2.28). */
export function workbookParts(workbook: string, relations: string): { sheets: SheetPart[]; is1904: boolean } {
	const targets = new Map<string, string>();
	eachTag(relations, 'Relationship', ({ Id = '', Target = '' }) => targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`));
	const sheets: SheetPart[] = [];
	eachTag(workbook, 'sheet', ({ name = '', state = '', ...attributes }) => {
		// The prefix of its namespace is the program's to choose.
		const [, id = ''] = Object.entries(attributes).find(([key]) => key.endsWith(':id')) ?? [];
		sheets.push({ name, file: targets.get(id) ?? '', isHidden: state === 'hidden' || state === 'veryHidden' });
	});
	let is1904 = false;
	eachTag(workbook, 'workbookPr', ({ date1904 = '' }) => (is1904 = date1904 === '1' || date1904 === 'true'));
	return { sheets, is1904 };
}

/** Tells the attributes of every tag of that name, whatever its namespace is called. What is no XML tells what was before it breaks off. */
function eachTag(xml: string, local: string, tell: (attributes: Record<string, string>) => void): void {
	const parser = new SaxesParser();
	parser.on('opentag', ({ name, attributes }) => {
		if (name === local || name.endsWith(`:${local}`)) tell(attributes);
	});
	try {
		parser.write(xml).close();
	} catch {
		// The reader of workbooks refuses it after this, with words of its own.
	}
}
