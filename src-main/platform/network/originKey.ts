import ipaddr from 'ipaddr.js';

/**
 * An address as what comes from it is counted: all loopback addresses are one.
 *
 * A program on this machine may call from any address in 127.0.0.0/8, so that counted one by one they would bound nobody. What is no
 * address, such as `window`, is its own key.
 */
export function originKey(address: string): string {
	return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback' ? 'loopback' : address;
}
