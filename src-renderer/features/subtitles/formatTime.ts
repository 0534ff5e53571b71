/** A time of a film as editors of subtitles write it, `0:01:02.345`, from milliseconds. */
export function formatTime(ms: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const whole = Math.max(0, Math.round(ms));
	const seconds = Math.floor(whole / 1000);
	return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(whole % 1000).padStart(3, '0')}`;
}

/** The milliseconds of a time that a person typed, such as `1:02.5`, `0:01:02,345` or `62`; null where it is none. */
export function parseTime(text: string): number | null {
	const parts = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.normalize('NFKC').trim());
	if (!parts) return null;
	const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = parts;
	return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}
