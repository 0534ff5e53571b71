import { expect, test } from 'vitest';
import { readAddress } from './readAddress.ts';

test.each([
	['https://hf-mirror.com/', 'https://hf-mirror.com'],
	[' https://hf-mirror.com ', 'https://hf-mirror.com'],
	['http://10.0.0.5:8080/hub', 'http://10.0.0.5:8080/hub'],
	['http://pupil:pass@proxy.school:3128', 'http://pupil:pass@proxy.school:3128'],
	['', null],
	['hf-mirror.com', null],
	['127.0.0.1:35107', null],
	['localhost:8080', null],
	['https://', null],
	['ftp://files.school', null],
	['javascript:alert(1)', null],
	['https://two words', null],
] as const)('reads %j as %j', (typed, address) => {
	expect(readAddress(typed)).toBe(address);
});
