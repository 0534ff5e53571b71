/** What frames and ticks are in a file. */
export interface TtmlClock {
	/** Frames a second. */
	frameRate: number;
	/** Ticks a second. */
	tickRate: number;
}

export const usualTtmlClock: TtmlClock = { frameRate: 30, tickRate: 1 };

/** What the root element says of frames and ticks, by the attributes' names without prefix (TTML2, 6.2). */
export function ttmlClock(attributes: ReadonlyMap<string, string>): TtmlClock {
	const number = (name: string) => {
		const value = Number(attributes.get(name));
		return value >= 1 && value <= 1e9 ? value : null;
	};
	const [, over, under] = /^\s*(\d{1,9})[\s:]+(\d{1,9})\s*$/.exec(attributes.get('frameRateMultiplier') ?? '') ?? [];
	const multiplier = Number(over) > 0 && Number(under) > 0 ? Number(over) / Number(under) : 1;
	const told = number('frameRate');
	const frameRate = (told ?? usualTtmlClock.frameRate) * multiplier;
	return { frameRate, tickRate: number('tickRate') ?? (told === null ? 1 : frameRate) };
}

const clockTime = /^(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9})|[:;](\d{1,3})(?:\.\d{1,9})?)?$/;
const offsetTime = /^(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)?$/;

/** Of units that are the same in every file, in milliseconds. */
const lengths: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Reads a time of TTML2, 10.3.1: `01:02:03.5`, `01:02:03:12` with frames, `3.5s`, `100f`, `5000t`; a bare number counts seconds. Null for anything else. */
export function readTtmlTime(written: string, { frameRate, tickRate }: TtmlClock): number | null {
	const time = written.trim();
	if (time.includes(':')) {
		const [, hours, minutes, seconds, fraction = '0', frames = '0'] = clockTime.exec(time) ?? [];
		if (hours === undefined) return null;
		const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
		return Math.round((whole + Number(`0.${fraction}`) + Number(frames) / frameRate) * 1000);
	}
	const [, count, unit = 's'] = offsetTime.exec(time) ?? [];
	if (count === undefined) return null;
	const length = unit === 'f' ? 1000 / frameRate : unit === 't' ? 1000 / tickRate : lengths[unit];
	return Math.round(Number(count) * (length ?? 1000));
}
