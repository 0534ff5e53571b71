import { randomUUID } from 'node:crypto';
import type { Command } from '../Command.ts';
import { Ended, exitCodes, usageError } from '../exitCodes.ts';
import { columns } from '../Terminal.ts';

const usage = 'homeroom users takes nothing, "add NAME", "give NAME TOKENS" or "take NAME TOKENS"; TOKENS is a whole number from 1 to 1000000000.';
/** What one entry of the ledger holds at most. */
const mostTokens = 1_000_000_000;
const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

export const users: Command = {
	name: 'users',
	words: '[add NAME | give NAME TOKENS | take NAME TOKENS]',
	summary: 'lists the accounts, makes one, gives one tokens or takes some; for administrators',
	options: { role: { word: 'ROLE', help: 'add: viewer or user (user)' } },
	async run({ words: [act = 'list', name, amount, ...rest], given, client, terminal }) {
		if (rest.length > 0) throw usageError(usage);
		const asked = await client();
		const { users: all } = await asked.call('users', 'list', undefined);
		if (act === 'list' && name === undefined) {
			if (terminal.isJson) for (const user of all) terminal.result(user, '');
			if (terminal.isJson) return;
			const rows = all.map(({ name: who, role, remaining_tokens: left, is_disabled }) => [
				who,
				role,
				left === null ? 'not counted' : String(left),
				is_disabled ? 'switched off' : '',
			]);
			return terminal.result({}, columns([['NAME', 'ROLE', 'TOKENS', ''], ...rows]));
		}
		if (act === 'add' && name !== undefined && amount === undefined) {
			const made = await asked.call('users', 'create', { name, role: given.choice('role', ['viewer', 'user']) ?? 'user' });
			return terminal.result(
				made,
				[
					`${made.user.name} chooses “I have a code” where Homeroom asks to sign in, types this and chooses a password: ${made.setup_code}`,
					`It is good once, until ${day.format(new Date(made.setup_code_expires_at))}.`,
				].join('\n'),
			);
		}
		const tokens = act === 'take' ? -Number(amount) : Number(amount);
		if ((act !== 'give' && act !== 'take') || name === undefined || !/^[1-9]\d{0,9}$/.test(amount ?? '') || Math.abs(tokens) > mostTokens)
			throw usageError(usage);
		const user = all.find((each) => each.name === name) ?? all.find((each) => each.id === name);
		if (!user) throw new Ended(exitCodes.notFound, 'NOT_FOUND', `There is no account called "${name}".`, { name });
		const { remaining_tokens: left } = await asked.call('users', 'give', { id: user.id, request_id: randomUUID(), tokens });
		terminal.result({ id: user.id, name: user.name, remaining_tokens: left }, `${user.name}: ${left === null ? 'tokens are not counted' : `${left} tokens`}`);
	},
};
