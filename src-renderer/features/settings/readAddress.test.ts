import { expect, test } from 'vitest';
import { readAddress } from './readAddress.ts';

test.each([
	['https://hf-mirror.com/', 'https', 'https://hf-mirror.com'],
	[' hf-mirror.com ', 'https', 'https://hf-mirror.com'],
	['localhost:8080', 'https', 'https://localhost:8080'],
	['http://10.0.0.5:8080/hub', 'https', 'http://10.0.0.5:8080/hub'],
	['proxy.school:3128', 'http', 'http://proxy.school:3128'],
	['http://pupil:pass@proxy.school:3128', 'http', 'http://pupil:pass@proxy.school:3128'],
	['', 'https', null],
	['ftp://files.school', 'https', null],
	['javascript:alert(1)', 'https', null],
	['two words', 'https', null],
] as const)('reads %j (%s) as %j', (typed, scheme, address) => {
	expect(readAddress(typed, scheme)).toBe(address);
});
