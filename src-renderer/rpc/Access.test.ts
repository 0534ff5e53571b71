import { expect, test } from 'vitest';
import { Access, type Renewal } from './Access.ts';

/** The access of a browser whose clock is turned by hand; `windows` share what is noted of it. */
function openBrowser(answers: (Renewal | Error)[]) {
	const clock = { now: 1_000_000 };
	let noted: number | null = null;
	let sent = 0;
	const send = async () => {
		sent++;
		const answer = answers.shift() ?? 'renewed';
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const note = {
		read: () => noted,
		write: (at: number) => {
			noted = at;
		},
	};
	return { clock, sent: () => sent, window: () => new Access(send, note, () => clock.now) };
}

test('access is renewed after 20 minutes, once for all windows of a browser', async () => {
	const { clock, sent, window } = openBrowser([]);
	const [first, second] = [window(), window()];
	first.given();
	clock.now += 20 * 60_000 - 1;
	expect([await first.renewIfOld(), await second.renewIfOld()]).toEqual(['fresh', 'fresh']);
	clock.now += 1;
	expect([await first.renewIfOld(), await second.renewIfOld(), sent()]).toEqual(['renewed', 'fresh', 1]);
});

test('access of an unknown age is renewed: none noted, or noted by a clock that was set back since', async () => {
	const { clock, sent, window } = openBrowser([]);
	const access = window();
	expect(await access.renewIfOld()).toBe('renewed');
	clock.now -= 60_000;
	expect([await access.renewIfOld(), sent()]).toEqual(['renewed', 2]);
});

test('those who ask while it is being renewed get the same answer, and a later one asks anew', async () => {
	const { sent, window } = openBrowser(['unreachable', 'refused']);
	const access = window();
	expect(await Promise.all([access.renew(), access.renew(), access.renewIfOld()])).toEqual(['unreachable', 'unreachable', 'unreachable']);
	expect([await access.renew(), sent()]).toEqual(['refused', 2]);
});

test('an app that does not answer is not one that refuses', async () => {
	const { window } = openBrowser([new TypeError('Failed to fetch')]);
	expect(await window().renew()).toBe('unreachable');
});
