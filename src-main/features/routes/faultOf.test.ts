import { expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { faultOf } from './faultOf.ts';

const refused = (reason: 'request' | 'redirect' | 'noApi' | 'insecure' | 'withheld') => failure('BACKEND_REFUSED', { name: 'Server', reason, detail: '' });

test('a server that does not like one question is none the worse for it; one at a wrong address is', () => {
	const faults = [refused('request'), refused('withheld'), refused('redirect'), refused('noApi'), refused('insecure')].map(faultOf);
	expect(faults).toEqual(['nobody', 'nobody', 'target', 'target', 'target']);
	expect(faultOf(failure('BACKEND_KEY_REFUSED', { name: 'Server', reason: 'wrong' }))).toBe('target');
	expect(faultOf(failure('BACKEND_SILENT', { name: 'Server' }))).toBe('target');
});
