import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatMoment, formatParameters, formatPercent, formatSigned } from './format.ts';

test('shows bytes with three figures at most and their unit', () => {
	expect([0, 999, 1000, 1536, 5_242_880, 1_073_741_824, 137_438_953_472, 2 ** 40].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
		'0 B',
		'999 B',
		'1 KiB',
		'1.5 KiB',
		'5 MiB',
		'1 GiB',
		'128 GiB',
		'1 TiB',
	]);
	expect(formatBytes(1_023_999_999, 'en')).toBe('977 MiB');
});

test('shows parameters as the field writes them', () => {
	expect([1_100_000_000, 7_240_000_000, 13_000_000_000, 135_000_000, 1_200_000, 950_000_000].map((count) => formatParameters(count, 'en'))).toEqual([
		'1.1B',
		'7.2B',
		'13B',
		'135M',
		'1.2M',
		'1B',
	]);
});

test('tells a moment in words up to a week and as a date after', () => {
	const now = Date.UTC(2026, 10, 21, 12);
	expect([0, 30_000, 5 * 60_000, 3 * 3_600_000, 26 * 3_600_000].map((ago) => formatMoment(now - ago, now, 'en'))).toEqual([
		'now',
		'now',
		'5 minutes ago',
		'3 hours ago',
		'yesterday',
	]);
	expect(formatMoment(now - 30 * 86_400_000, now, 'en')).toBe('Oct 22, 2026');
	expect(formatMoment(now - 5 * 60_000, now, 'zh')).toBe('5分钟前');
});

test('tells what adds from what takes away', () => {
	expect([1000, -340, 0].map((value) => formatSigned(value, 'en'))).toEqual(['+1,000', '−340', '0']);
});

test('tells lengths of time and shares with their units', () => {
	expect([340, 1_500, 42_000, 65_000, 3_900_000].map((ms) => formatDuration(ms, 'en'))).toEqual(['340 ms', '1.5 sec', '42 sec', '1 min 5 sec', '1 hr 5 min']);
	expect(formatPercent(0.456, 'en')).toBe('46%');
});
