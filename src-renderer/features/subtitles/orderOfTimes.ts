import type { RetimeOrder } from '#contract/retimeOrder.ts';
import { parseTime } from './formatTime.ts';

export const timesKinds = ['shift', 'stretch', 'frameRate', 'snap', 'extend', 'closeGaps'] as const satisfies readonly RetimeOrder['kind'][];

/** An operation on times as it is typed. */
export interface TimesDraft {
	kind: (typeof timesKinds)[number];
	/** Seconds, with a sign. */
	by: string;
	firstFrom: string;
	firstTo: string;
	secondFrom: string;
	secondTo: string;
	fromFps: string;
	toFps: string;
}

/** The operation that was typed; null where something is missing, or it would change nothing. */
export function orderOfTimes({ kind, by, firstFrom, firstTo, secondFrom, secondTo, fromFps, toFps }: TimesDraft): RetimeOrder | null {
	if (kind === 'shift') {
		const seconds = /^[+-]?\d{1,6}(?:[.,]\d{1,3})?$/.test(by.trim().replace('−', '-')) ? Number(by.trim().replace('−', '-').replace(',', '.')) : 0;
		return seconds === 0 ? null : { kind, byMs: Math.round(seconds * 1000) };
	}
	if (kind === 'stretch') {
		const [a, b, c, d] = [firstFrom, firstTo, secondFrom, secondTo].map(parseTime);
		if (a == null || b == null || c == null || d == null || a === c) return null;
		return { kind, first: { fromMs: a, toMs: b }, second: { fromMs: c, toMs: d } };
	}
	if (kind === 'frameRate') return fromFps === toFps ? null : { kind, fromFps: Number(fromFps), toFps: Number(toFps) };
	return kind === 'snap' ? { kind, fps: Number(toFps) } : { kind };
}
