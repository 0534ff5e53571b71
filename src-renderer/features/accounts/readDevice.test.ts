import { expect, test } from 'vitest';
import { readDevice } from './readDevice.ts';

test('a device is told by the browser that it is, not by those that it claims to be like', () => {
	const agents = [
		'window',
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15',
		'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
		'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
		'Mozilla/5.0 (iPad; CPU OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1',
		'curl/8.5.0',
	];
	expect(agents.map(readDevice)).toEqual([
		'window',
		{ browser: 'Edge', system: 'Windows' },
		{ browser: 'Safari', system: 'macOS' },
		{ browser: 'Firefox', system: 'Linux' },
		{ browser: 'Chrome', system: 'Android' },
		{ browser: 'Chrome', system: 'iPad' },
		{ browser: null, system: null },
	]);
});
