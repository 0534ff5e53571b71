import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CircuitBreaker } from './CircuitBreaker.ts';

function openBreaker() {
	let time = 0;
	const breaker = new CircuitBreaker({ failuresToOpen: 3, pauseMs: 100, longestPauseMs: 400, now: () => time });
	const fail = (times: number) => {
		for (let failed = 0; failed < times; failed++) breaker.begin().failed();
	};
	return { breaker, fail, after: (ms: number) => (time += ms) };
}

test('opens after three failures in a row, and a success between them begins the count anew', () => {
	const { breaker, fail } = openBreaker();
	fail(2);
	breaker.begin().succeeded();
	fail(2);
	expect([breaker.state, breaker.allows]).toEqual(['closed', true]);
	fail(1);
	expect([breaker.state, breaker.allows, breaker.retryAt]).toEqual(['open', false, 100]);
});

test('lets one probe through when its time is up, which closes it', () => {
	const { breaker, fail, after } = openBreaker();
	fail(3);
	after(99);
	expect(breaker.allows).toBe(false);
	after(1);
	expect([breaker.state, breaker.allows]).toEqual(['halfOpen', true]);
	const probe = breaker.begin();
	expect(breaker.allows).toBe(false);
	probe.succeeded();
	expect([breaker.state, breaker.allows, breaker.retryAt]).toEqual(['closed', true, null]);
});

test('each probe that fails keeps it open for twice as long, up to a limit, and a success forgets that', () => {
	const { breaker, fail, after } = openBreaker();
	const pauses: number[] = [];
	fail(3);
	for (let probes = 0; probes < 4; probes++) {
		after((breaker.retryAt ?? 0) - after(0));
		breaker.begin().failed();
		pauses.push((breaker.retryAt ?? 0) - after(0));
	}
	expect(pauses).toEqual([200, 400, 400, 400]);
	after(400);
	breaker.begin().succeeded();
	fail(3);
	expect((breaker.retryAt ?? 0) - after(0)).toBe(100);
});

test('a probe that is broken off says nothing: the next one may begin at once', () => {
	const { breaker, fail, after } = openBreaker();
	fail(3);
	after(100);
	breaker.begin().dropped();
	expect([breaker.state, breaker.allows]).toEqual(['halfOpen', true]);
});

test('what was begun before it opened is not counted, neither for nor against', () => {
	const { breaker, fail, after } = openBreaker();
	const [good, bad] = [breaker.begin(), breaker.begin()];
	fail(3);
	good.succeeded();
	bad.failed();
	expect([breaker.state, breaker.retryAt]).toEqual(['open', 100]);
	after(100);
	const probe = breaker.begin();
	probe.failed();
	probe.succeeded();
	expect(breaker.state).toBe('open');
});

test('one that asks for time is left alone for as long', () => {
	const { breaker } = openBreaker();
	breaker.begin().failed(5000);
	expect([breaker.state, breaker.retryAt]).toEqual(['open', 5000]);
});

test('whatever happens in whatever order, there is never more than one probe, and after the pause one is always let through', () => {
	const step = fc.oneof(
		fc.record({ kind: fc.constant('begin' as const) }),
		fc.record({ kind: fc.constantFrom('succeeded' as const, 'failed' as const, 'dropped' as const), at: fc.nat(20) }),
		fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(300) }),
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const { breaker, after } = openBreaker();
			const begun: { attempt: ReturnType<CircuitBreaker['begin']>; isProbe: boolean }[] = [];
			for (const each of steps) {
				if (each.kind === 'begin' && breaker.allows) begun.push({ isProbe: breaker.state !== 'closed', attempt: breaker.begin() });
				if (each.kind === 'wait') after(each.ms);
				if (each.kind === 'succeeded' || each.kind === 'failed' || each.kind === 'dropped') begun.splice(each.at, 1)[0]?.attempt[each.kind]();
				expect(begun.filter(({ isProbe }) => isProbe).length).toBeLessThanOrEqual(1);
			}
			for (const { attempt } of begun) attempt.dropped();
			after(10_000);
			expect(breaker.allows).toBe(true);
		}),
	);
});
