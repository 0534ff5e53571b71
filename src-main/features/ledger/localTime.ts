import { localDate } from './allowances.ts';

/** `2026-11-21 09:05:00`, in the machine's own time: what spreadsheets read as a time. */
export function localTime(at: number): string {
	const time = new Date(at);
	const parts = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0'));
	return `${localDate(time)} ${parts.join(':')}`;
}
