import { DocumentRefusal } from './DocumentRefusal.ts';

interface Part {
	name: string;
	/** The one attribute that matters here, `m:val`. */
	value: string;
	text: string;
	parts: Part[];
}

const deepest = 200;

/**
 * Writes the formulas of a Word document out on one line each, as people type them: `(a+b)/2`, `x^2`, `√(2x)`.
 *
 * Formulas are Office Math (ECMA-376 part 1, 22.1), which readers of text pass over. Takes and gives the XML of the document, with how many
 * formulas there were.
 */
export function lineUpFormulas(xml: string): { xml: string; count: number } {
	let count = 0;
	const lined = xml
		.replaceAll(/<m:oMath(?:\s[^>]*)?>(.*?)<\/m:oMath>/gs, (_, inner: string) => {
			count++;
			return `<w:r><w:t xml:space="preserve">${line(readParts(inner))}</w:t></w:r>`;
		})
		.replaceAll(/<\/?m:oMathPara(?:\s[^>]*)?>|<m:oMathParaPr>.*?<\/m:oMathParaPr>/gs, '');
	return { xml: lined, count };
}

function readParts(xml: string): Part {
	const root: Part = { name: '', value: '', text: '', parts: [] };
	const open = [root];
	for (const [, closing, name = '', attributes = '', empty, text] of xml.matchAll(/<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g)) {
		const top = open.at(-1) ?? root;
		if (text !== undefined) {
			if (top.name === 'm:t') top.text += text;
		} else if (closing) {
			if (open.length > 1) open.pop();
		} else {
			const part = { name, value: /\bm:val="([^"]*)"/.exec(attributes)?.[1] ?? '', text: '', parts: [] };
			top.parts.push(part);
			if (!empty) open.push(part);
			if (open.length > deepest) throw new DocumentRefusal('tooMuchInside', 'A formula is nested too deep.');
		}
	}
	return root;
}

function line(part: Part): string {
	const of = (name: string) => lineOf(part, name);
	const over = (name: string, sign: string) => (of(name) === '' ? '' : sign + grouped(of(name)));
	switch (part.name) {
		case 'm:t':
			return part.text;
		case 'm:f':
			return `${grouped(of('m:num'))}/${grouped(of('m:den'))}`;
		case 'm:sSup':
		case 'm:sSub':
		case 'm:sSubSup':
			return grouped(of('m:e')) + over('m:sub', '_') + over('m:sup', '^');
		case 'm:rad':
			return `${of('m:deg') === '' ? '√' : `√[${of('m:deg')}]`}(${of('m:e')})`;
		case 'm:nary':
			return `${property(part, 'm:chr', '∫')}${over('m:sub', '_')}${over('m:sup', '^')} ${of('m:e')}`;
		case 'm:func':
			return `${of('m:fName')}(${of('m:e').replace(/^\((.*)\)$/s, '$1')})`;
		case 'm:d':
			return property(part, 'm:begChr', '(') + each(part, 'm:e').join(property(part, 'm:sepChr', '|')) + property(part, 'm:endChr', ')');
		case 'm:m':
			return `[${each(part, 'm:mr').join('; ')}]`;
		case 'm:mr':
			return each(part, 'm:e').join(', ');
		case 'm:eqArr':
			return each(part, 'm:e').join('; ');
		default:
			return part.parts.map(line).join('');
	}
}

function lineOf(part: Part, name: string): string {
	return each(part, name).join('');
}

function each(part: Part, name: string): string[] {
	return part.parts.filter((child) => child.name === name).map(line);
}

/** A sign that a formula's properties name; one that they name as empty is none. */
function property(part: Part, name: string, usual: string): string {
	const properties = part.parts.find((child) => child.name === `${part.name}Pr`);
	return properties?.parts.find((child) => child.name === name)?.value ?? usual;
}

/** Puts what is more than one number or name in brackets, unless it is in some already. */
function grouped(text: string): string {
	return /^[\p{L}\p{N}.,]*$/u.test(text) || /^\([^()]*\)$/.test(text) ? text : `(${text})`;
}
