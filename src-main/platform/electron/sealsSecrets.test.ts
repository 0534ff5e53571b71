import { expect, test } from 'vitest';
import { sealsSecrets } from './sealsSecrets.ts';

test.each([
	['linux', true, 'gnome_libsecret', true],
	['linux', true, 'kwallet6', true],
	['linux', true, 'basic_text', false],
	['linux', true, 'unknown', false],
	['linux', false, 'gnome_libsecret', false],
	['darwin', true, 'basic_text', true],
	['win32', true, '', true],
	['win32', false, '', false],
] as const)('U8 on %s, offered %s with %s, the keychain is used: %s', (platform, isAvailable, backend, expected) => {
	expect(sealsSecrets({ platform, isAvailable, backend: () => backend })).toBe(expected);
});
