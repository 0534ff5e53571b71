/** As much of pdfmake 0.3 as is used; the package brings no types. */
declare module 'pdfmake' {
	export interface PdfTextRun {
		text: string;
		font?: string;
		color?: string;
		background?: string;
		/** Of the font's own height. */
		lineHeight?: number;
	}

	/** What every node may say of how it looks. Lengths are in points. */
	interface PdfLook {
		fontSize?: number;
		color?: string;
		fillColor?: string;
		alignment?: 'left' | 'right';
		margin?: [number, number, number, number];
		border?: [boolean, boolean, boolean, boolean];
		pageBreak?: 'before';
		width?: number | '*' | 'auto';
		noWrap?: boolean;
		preserveLeadingSpaces?: boolean;
	}

	export type PdfNode = PdfLook &
		(
			| { text: PdfTextRun[]; positions?: { pageNumber: number }[] }
			| { stack: PdfNode[]; unbreakable?: boolean }
			| { columns: PdfNode[]; columnGap?: number }
			| { table: { widths: number[]; headerRows?: number; dontBreakRows?: boolean; body: PdfNode[][] }; layout: PdfTableLayout }
			| { canvas: { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number; lineColor: string }[] }
		);

	export interface PdfTableLayout {
		hLineWidth(row: number, node: { table: { body: unknown[] } }): number;
		vLineWidth(): number;
		hLineColor(): string;
		paddingLeft(column: number): number;
		paddingRight(): number;
		paddingTop(): number;
		paddingBottom(): number;
	}

	export interface PdfDefinition {
		pageSize: 'A4';
		/** Left, top, right, bottom. */
		pageMargins: [number, number, number, number];
		language: string;
		info: { title: string; creator: string };
		content: PdfNode[];
		footer?: (page: number, pages: number) => PdfNode;
		defaultStyle: PdfLook & { font: string };
	}

	/** PDFKit's document, still being written. */
	interface PdfStream {
		provideFont(family: string, isBold: boolean, isItalic: boolean): { font: { hasGlyphForCodePoint(codePoint: number): boolean } };
	}

	const pdfmake: {
		setFonts(fonts: Record<string, { normal: string }>): void;
		/** Both are asked before anything is opened; what they do not answer with true is refused. */
		setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
		setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
		createPdf(definition: PdfDefinition): { getBuffer(): Promise<Buffer>; getStream(): Promise<PdfStream> };
	};
	export default pdfmake;
}
