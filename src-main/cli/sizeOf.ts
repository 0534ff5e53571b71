const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A size as people read it, with three figures: `3.54 MB`. */
export function sizeOf(bytes: number): string {
	const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
	return `${figures.format(bytes / 1000 ** step)} ${units[step]}`;
}
