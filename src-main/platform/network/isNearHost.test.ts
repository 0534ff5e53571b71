import { expect, test } from 'vitest';
import { isNearAddress, isNearHost } from './isNearHost.ts';

test.each([
	...['127.0.0.1', '127.255.0.9', '10.0.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255'],
	...['::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'fec0::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1'],
	// Addresses that carry an IPv4 address of this network inside.
	...['64:ff9b::10.0.0.1', '2002:7f00:1::', '::ffff:0:10.0.0.1'],
])('%s is of this machine or its network', (address) => {
	expect(isNearAddress(address)).toBe(true);
});

test.each([
	...['1.1.1.1', '172.32.0.1', '100.128.0.1', '203.0.113.7', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'],
	// Many filters that see all traffic of a machine give out such addresses for names of the internet.
	'198.18.0.5',
])('%s is of the internet', (address) => {
	expect(isNearAddress(address)).toBe(false);
});

test('hosts are near by their address or by being the name of this machine', () => {
	const hosts = ['localhost', 'LOCALHOST.', 'hub.localhost', '[::1]', '127.0.0.1', 'example.com', 'notlocalhost', 'localhost.example.com', '8.8.8.8'];
	expect(hosts.filter(isNearHost)).toEqual(['localhost', 'LOCALHOST.', 'hub.localhost', '[::1]', '127.0.0.1']);
	expect(new URL('http://0x7f.1/').hostname).toBe('127.0.0.1');
});
