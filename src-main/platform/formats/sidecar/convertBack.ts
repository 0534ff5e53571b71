import { inflateRawSync } from 'node:zlib';
import { type Converted, convertBytes } from '../convertBytes.ts';
import { FormatError } from '../FormatError.ts';
import { firstDifference } from '../firstDifference.ts';
import { formatOf, refuseTooLarge } from '../formats.ts';
import type { Reading } from '../middle.ts';
import { NoteBook } from '../NoteBook.ts';
import { project } from '../project.ts';
import { type Sidecar, sha256, sidecarKind } from './makeSidecar.ts';
import { reconcile } from './reconcile.ts';

/** A source in a sidecar may be so large; a hostile one would unpack to anything. */
const mostSourceBytes = 1 << 29;

/**
 * Gives the source of a conversion again, of its result and the sidecar that was made beside it: byte for byte where the result is as it was, and
 * otherwise the source with the edits of the result in their places, and everything else as it was.
 *
 * @throws FormatError `badSidecar` for a file that is none, and for an edited result that cannot be read
 */
export async function convertBack(edited: Uint8Array, sidecarBytes: Uint8Array): Promise<Converted> {
	const { order, resultSha256, source: packed } = readSidecar(sidecarBytes);
	const source = unpacked(packed);
	const [from, to] = [formatOf(order.from), formatOf(order.to)];
	const notes = new NoteBook();
	refuseTooLarge(edited, to);
	const rich = await from.read(source, order.read ?? {}, new NoteBook());
	if (sha256(edited) === resultSha256) return { bytes: source, notes: [], encoding: rich.encoding, roundTrip: { same: true } };
	const image = async (bytes: Uint8Array): Promise<Reading> => {
		const { reading } = await to.read(bytes, to.readBack?.(order.write ?? {}) ?? {}, notes);
		return project(reading, from, order, new NoteBook());
	};
	const { bytes: result } = await convertBytes(source, { ...order, mode: 'plain', strict: false });
	const was = await image(result);
	const now = await image(edited);
	const merged = reconcile(rich.reading, was, now);
	// Markup keeps the white space it has; anything else is written as usual.
	const bytes = await from.write(project(merged, from, order, notes), {}, notes);
	const { reading: again } = await from.read(bytes, order.read ?? {}, new NoteBook());
	const difference = firstDifference(merged, again, { formatting: true, spelling: true });
	return { bytes, notes: notes.all(), encoding: rich.encoding, roundTrip: { same: difference === undefined, ...(difference && { difference }) } };
}

function unpacked(packed: string): Uint8Array {
	try {
		return inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostSourceBytes });
	} catch {
		throw badSidecar('its source cannot be unpacked');
	}
}

function readSidecar(bytes: Uint8Array): Sidecar {
	let held: unknown;
	try {
		held = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw badSidecar('it is no JSON');
	}
	if (!isSidecar(held)) throw badSidecar('something in it is missing');
	return held;
}

function isSidecar(held: unknown): held is Sidecar {
	if (typeof held !== 'object' || held === null) return false;
	// Checked field by field below.
	const { kind, version, order, resultSha256, source } = held as Record<string, unknown>;
	if (kind !== sidecarKind || version !== 1 || typeof resultSha256 !== 'string' || typeof source !== 'string') return false;
	if (typeof order !== 'object' || order === null) return false;
	const { from, to, mode, write } = order as Record<string, unknown>;
	return (
		isIndent((write as { indent?: unknown } | undefined)?.indent) &&
		typeof from === 'string' &&
		typeof to === 'string' &&
		(mode === 'plain' || mode === 'exact')
	);
}

/** Of the options it is the one that could ask for more than there is. */
function isIndent(indent: unknown): boolean {
	return indent === undefined || indent === 'tab' || (typeof indent === 'number' && Number.isInteger(indent) && indent >= 0 && indent <= 10);
}

function badSidecar(why: string): FormatError {
	return new FormatError('badSidecar', `This is no sidecar of a conversion: ${why}.`, { detail: why });
}
