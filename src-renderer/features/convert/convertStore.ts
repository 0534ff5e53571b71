import { create } from 'zustand';
import type { Outputs } from '#contract/contract.ts';
import { type ConvertOrder, convertOrder, type FormatName } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import type { ShownPlace } from './CodePane.tsx';

export type Converted = Outputs['convert']['text'];

/** A file that was taken in as text, and the encoding that it was read in. */
export interface SourceFile {
	file: File;
	encoding: string;
}

interface ConvertState {
	content: string;
	/** The file that it came from; null: it was typed or pasted. */
	file: SourceFile | null;
	order: ConvertOrder;
	/** Of the source as it stood when it was asked for last; null: there is none. */
	result: Converted | null;
	error: unknown;
	isBusy: boolean;
	/** Where in the source the reader is led. */
	place: ShownPlace | null;
}

const usual = convertOrder.parse({ to: 'yaml' });

/** The converter; what was typed is there while other screens are looked at. */
export const useConvert = create<ConvertState>(() => ({
	...{ content: '', file: null, order: usual, result: null, error: null, isBusy: false, place: null },
}));

/** So long after the last key a text is converted; a long one waits longer. */
const pauseMs = (content: string) => (content.length > 200_000 ? 700 : 150);

let timer: ReturnType<typeof setTimeout> | undefined;
let asked = new AbortController();

export function setContent(content: string, file: SourceFile | null = useConvert.getState().file): void {
	useConvert.setState({ content, file: content === '' ? null : file, place: null });
	convertSoon(pauseMs(content));
}

/** Empties the source; what comes next is looked at anew. */
export function clearSource(): void {
	useConvert.setState(({ order }) => ({ order: { ...order, from: null } }));
	setContent('', null);
}

export function setOrder(changes: Partial<ConvertOrder>): void {
	useConvert.setState(({ order }) => ({ order: { ...order, ...changes } }));
	convertSoon(0);
}

/** Leads the reader to a place in the source. */
export function showPlace(line: number | null, column: number | null): void {
	if (line !== null) useConvert.setState({ place: { line, column: column ?? 1 } });
}

/** Makes the result the source, to go on from there. */
export function turnAround(): void {
	const { result, order } = useConvert.getState();
	if (!result?.convertedContent) return;
	useConvert.setState({ content: result.convertedContent, file: null, order: { ...order, from: order.to, to: result.from } });
	convertSoon(0);
}

/** Takes a text in with the format that it was found to be in. Of a file that holds, as its name has a say in it; of another text it is found out anew. */
export function takeText(content: string, file: SourceFile | null, found: FormatName | null): void {
	const { order } = useConvert.getState();
	const to = found === null || found !== order.to ? order.to : found === 'json' ? 'yaml' : 'json';
	useConvert.setState({ order: { ...order, from: file && found, to } });
	setContent(content, file);
}

/** Reads the file that the source came from in another encoding. */
export async function readIn(encoding: string): Promise<void> {
	const { file: read } = useConvert.getState();
	if (!read) return;
	const { content } = await client.convert.detect({ file: read.file, fileName: read.file.name.slice(-1_000), encoding });
	if (content !== null) setContent(content, { file: read.file, encoding });
}

/** Takes the text for the result of a conversion and leads it back to its source, by the sidecar that was saved beside it. */
export async function takeBack([sidecar]: readonly File[]): Promise<void> {
	const { content } = useConvert.getState();
	if (!sidecar) return;
	const back = await client.convert.back({ content, sidecar });
	takeText(back.content, null, back.format);
}

function convertSoon(ms: number): void {
	clearTimeout(timer);
	// What is being converted is not wanted any more.
	asked.abort();
	timer = setTimeout(() => void convertNow(), ms);
}

async function convertNow(): Promise<void> {
	asked = new AbortController();
	const { signal } = asked;
	const { content, order } = useConvert.getState();
	if (content.trim() === '') return useConvert.setState({ result: null, error: null, isBusy: false });
	useConvert.setState({ isBusy: true });
	try {
		const result = await client.convert.text({ content, order }, { signal });
		if (!signal.aborted) useConvert.setState({ result, error: null, isBusy: false });
	} catch (error) {
		if (!signal.aborted) useConvert.setState({ result: null, error, isBusy: false });
	}
}
