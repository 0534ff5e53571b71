import { useTranslation } from 'react-i18next';

/** Gives each language and choice its format, made once: making one takes a hundred times as long as using it. */
function keep<Options, Made>(make: (language: string, options: Options) => Made): (language: string, options: Options) => Made {
	const kept = new Map<string, Made>();
	return (language, options) => {
		const key = `${language} ${JSON.stringify(options)}`;
		const made = kept.get(key) ?? make(language, options);
		kept.set(key, made);
		return made;
	};
}

const numbers = keep((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));
const dates = keep((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));
const moments = keep((language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options));

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes for people: at most three figures and a unit, counted in 1024s as memory is. */
export function formatBytes(bytes: number, language: string): string {
	let value = Math.abs(bytes);
	let step = 0;
	while (value >= 1000 && step < byteUnits.length - 1) {
		value /= 1024;
		step++;
	}
	const digits = step === 0 || value >= 99.95 ? 0 : 1;
	const figure = numbers(language, { maximumFractionDigits: digits }).format(bytes < 0 ? -value : value);
	return `${figure} ${byteUnits[step]}`;
}

/** A number in the reader's figures; `digits` after the point at most. */
export function formatNumber(value: number, language: string, digits = 0): string {
	return numbers(language, { maximumFractionDigits: digits }).format(value);
}

/** A whole number that adds or takes away, with its sign: `+1,000`, `−340`, `0`. */
export function formatSigned(value: number, language: string): string {
	// The minus of print, as wide as the plus.
	return numbers(language, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value).replace('-', '−');
}

/** A large count in few figures, such as `1.2M` or `123万`. */
function formatCount(value: number, language: string): string {
	return numbers(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** A count of parameters as the field writes it: `0.5B`, `135M`. */
export function formatParameters(count: number, language: string): string {
	const [value, unit] = count >= 0.95e9 ? [count / 1e9, 'B'] : count >= 1e6 ? [count / 1e6, 'M'] : [count / 1e3, 'K'];
	return `${formatNumber(value, language, value >= 10 ? 0 : 1)}${unit}`;
}

/** A share (0..1) as a whole percentage. */
export function formatPercent(fraction: number, language: string): string {
	return numbers(language, { style: 'percent', maximumFractionDigits: 0 }).format(fraction);
}

const timeSteps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
	['minute', 60_000],
	['hour', 3_600_000],
	['day', 86_400_000],
];

/** A moment in the reader's words: minutes, hours and days ago up to a week, then the date. Both are epoch milliseconds. */
export function formatMoment(at: number, now: number, language: string): string {
	const ago = now - at;
	if (ago >= 7 * 86_400_000 || ago < -60_000) return dates(language, { dateStyle: 'medium' }).format(at);
	const words = moments(language, { numeric: 'auto' });
	const step = timeSteps.findLast(([, ms]) => ago >= ms);
	return step ? words.format(-Math.floor(ago / step[1]), step[0]) : words.format(0, 'second');
}

/** A day, and where wanted its hour and minute. */
function formatDate(at: number, language: string, withTime = false): string {
	return dates(language, withTime ? { dateStyle: 'medium', timeStyle: 'short' } : { dateStyle: 'medium' }).format(at);
}

/** A length of time in the reader's units, such as `1 min 5 s`. */
export function formatDuration(ms: number, language: string): string {
	const unit = (value: number, name: string, digits = 0) =>
		numbers(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
	if (ms < 1_000) return unit(Math.round(ms), 'millisecond');
	if (ms < 60_000) return unit(ms / 1_000, 'second', ms < 10_000 ? 1 : 0);
	const minutes = Math.floor(ms / 60_000);
	if (minutes < 60) return `${unit(minutes, 'minute')} ${unit(Math.floor((ms % 60_000) / 1_000), 'second')}`;
	return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
}

function formatsOf(language: string) {
	return {
		bytes: (bytes: number) => formatBytes(bytes, language),
		number: (value: number, digits?: number) => formatNumber(value, language, digits),
		signed: (value: number) => formatSigned(value, language),
		count: (value: number) => formatCount(value, language),
		parameters: (count: number) => formatParameters(count, language),
		percent: (fraction: number) => formatPercent(fraction, language),
		moment: (at: number, now = Date.now()) => formatMoment(at, now, language),
		date: (at: number, withTime?: boolean) => formatDate(at, language, withTime),
		duration: (ms: number) => formatDuration(ms, language),
	};
}

const formats = keep(formatsOf);

/** The formats in the language that is spoken on screen now; the same ones until another is. */
export function useFormat(): Format {
	return formats(useTranslation().i18n.language, undefined);
}
export type Format = ReturnType<typeof formatsOf>;
