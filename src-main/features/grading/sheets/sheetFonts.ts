import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake, { type PdfDefinition } from 'pdfmake';

/** Latin, Greek and Cyrillic from the one, Chinese and signs from the other. */
export type FontName = 'latin' | 'chinese';

/** Which characters a font has a shape for. */
export type FontCoverage = Record<FontName, (codePoint: number) => boolean>;

const bare = {
	pageSize: 'A4',
	pageMargins: [0, 0, 0, 0],
	language: 'en',
	info: { title: '', creator: '' },
	content: [],
	defaultStyle: { font: 'latin' },
} as const;

let opened: Promise<FontCoverage> | undefined;

/** Gives pdfmake the two fonts of a sheet, and no other file and no address, once; says what they cover. */
export function openSheetFonts(): Promise<FontCoverage> {
	opened ??= openFonts();
	return opened;
}

/**
 * Roboto (Apache 2.0) comes with pdfmake; Noto Sans Hans (SIL OFL) has the 20,945 characters of the first Chinese block, extension A and
 * most mathematical signs. A document gets the characters that it uses alone.
 */
async function openFonts(): Promise<FontCoverage> {
	const { resolve } = createRequire(import.meta.url);
	const latin = join(dirname(resolve('pdfmake/package.json')), 'fonts', 'Roboto', 'Roboto-Regular.ttf');
	const chinese = join(dirname(resolve('@embedpdf/fonts-sc')), '..', 'fonts', 'NotoSansHans-Regular.otf');
	pdfmake.setFonts({ latin: { normal: latin }, chinese: { normal: chinese } });
	pdfmake.setLocalAccessPolicy((path) => path === latin || path === chinese);
	pdfmake.setUrlAccessPolicy(() => false);
	const probe: PdfDefinition = { ...bare, pageMargins: [0, 0, 0, 0], content: [{ text: [{ text: '' }] }] };
	const document = await pdfmake.createPdf(probe).getStream();
	const covers = (name: FontName) => {
		const { font } = document.provideFont(name, false, false);
		return (codePoint: number) => font.hasGlyphForCodePoint(codePoint);
	};
	return { latin: covers('latin'), chinese: covers('chinese') };
}
