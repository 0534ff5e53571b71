/** A time as a subtitle file writes it, read. */
export interface ClockTime {
	ms: number;
	/** Whether it is written as its format wants it. */
	isRegular: boolean;
	/** It has more than 59 seconds, or beside hours more than 59 minutes, so that nobody can tell what was meant. 60 is a rounded 59.9. */
	isImpossible: boolean;
}

const clock = /^(-)?(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:([.,:;])(\d{1,9}))?$/;

/**
 * Reads `hours:minutes:seconds,fraction` in whatever way it is written: without hours, with one digit for two, with another sign before
 * the fraction, with a fraction of any length, with a minus. Null for anything else.
 *
 * A fraction is one of a second: `,5` is half of it.
 *
 * @param regular how the format has it
 */
export function readClockTime(text: string, regular: RegExp): ClockTime | null {
	// Most times have nothing in them that is to be left out.
	const found = clock.exec(text) ?? clock.exec(text.replace(/[\s\u200e\u200f]+/g, ''));
	if (!found) return null;
	const [, minus, hours = '0', minutes, seconds, , fraction = '0'] = found;
	const isImpossible = Number(seconds) > 60 || (found[2] !== undefined && Number(minutes) > 60);
	const ms =
		((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
		(fraction.length === 3 ? Number(fraction) : Math.round(Number(`0.${fraction}`) * 1000));
	return { ms: minus ? 0 - ms : ms, isRegular: !isImpossible && regular.test(text.trim()), isImpossible };
}

/** The parts of a time; `ms` is a whole number. */
export function clockParts(ms: number): { minus: string; hours: number; minutes: number; seconds: number; ms: number } {
	const whole = Math.abs(Math.round(ms));
	return {
		minus: Math.round(ms) < 0 ? '-' : '',
		hours: Math.floor(whole / 3_600_000),
		minutes: Math.floor(whole / 60_000) % 60,
		seconds: Math.floor(whole / 1000) % 60,
		ms: whole % 1000,
	};
}

/** A number with zeros before it. */
export function padded(value: number, digits: number): string {
	return String(value).padStart(digits, '0');
}
