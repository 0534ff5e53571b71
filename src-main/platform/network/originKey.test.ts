import { expect, test } from 'vitest';
import { originKey } from './originKey.ts';

test('U3 whatever loopback address a program calls from, it is counted as one', () => {
	const own = ['127.0.0.1', '127.0.1.40', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:9'];
	expect(new Set(own.map(originKey))).toEqual(new Set(['loopback']));
	const others = ['10.0.0.1', '128.0.0.1', '::ffff:10.0.0.1', '::2', 'window', ''];
	expect(others.map(originKey)).toEqual(others);
});
