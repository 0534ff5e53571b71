import { expect, test } from 'vitest';
import { gatewaySettings } from '#contract/gateway.ts';
import { readHost, readOrigin } from './readNames.ts';

test.each([
	['homeroom.school.example', 'homeroom.school.example'],
	[' Homeroom.School.Example. ', 'homeroom.school.example'],
	['https://homeroom.local:4610/v1', 'homeroom.local'],
	['', null],
	['*', null],
	['*.school.example', null],
	['two words', null],
	['-a.example', null],
])('the name of a machine in %j is %j', (typed, host) => {
	expect(readHost(typed)).toBe(host);
	if (host !== null) expect(gatewaySettings.shape.hosts.safeParse([host]).success).toBe(true);
});

test.each([
	['https://lms.school.example/course?id=1#top', 'https://lms.school.example'],
	['https://lms.school.example:443', 'https://lms.school.example'],
	['HTTP://Localhost:3000/', 'http://localhost:3000'],
	['http://[::1]:80', 'http://[::1]'],
	['*', null],
	['null', null],
	['lms.school.example', null],
	['file:///tmp/page.html', null],
	['javascript:alert(1)', null],
])('pages of %j come from %j', (typed, origin) => {
	expect(readOrigin(typed)).toBe(origin);
	if (origin !== null) expect(gatewaySettings.shape.origins.safeParse([origin]).success).toBe(true);
});
