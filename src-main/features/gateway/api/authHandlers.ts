import type { Person } from '#contract/accounts.ts';
import { failure } from '#contract/errors.ts';
import type { Balance, Task } from '#contract/ledger.ts';
import type { IssuedToken, TokenSet } from '../../../platform/http/WebDoor.ts';
import { type ApiTools, answered, instantOf, on, remainingOf } from './apiTools.ts';

/** What a session that was opened here says it is. */
const device = 'HTTP API';

export function authHandlers({ accounts, settings, ledger }: ApiTools) {
	const { auth } = on;
	return auth.router({
		register: auth.register.handler(async ({ context, input }) => {
			if (!settings.get(null).openRegistration) throw failure('REGISTRATION_CLOSED', {});
			const id = await accounts.register(input, context.origin);
			const { name, role } = accounts.people.get(id);
			return answered({ id, name, role, remaining_tokens: ledger.left(id) }, 'The account was made.');
		}),
		login: auth.login.handler(async ({ context, input }) => answered(pairOf(await accounts.signIn(input, { device, address: context.origin })), 'Signed in.')),
		refresh: auth.refresh.handler(async ({ context, input }) => {
			const tokens = await accounts.refresh(input.refresh_token, context.origin);
			if (tokens === null) throw failure('KEY_UNKNOWN', {});
			return answered(pairOf(tokens), 'Renewed.');
		}),
		logout: auth.logout.handler(async ({ context, input }) => {
			await accounts.signOutWith({ access: null, refresh: input.refresh_token }, context.origin);
			return answered(null, 'Signed out.');
		}),
		profile: auth.profile.handler(({ context }) => {
			const { accountId } = context.principal;
			const { id, name, role } = accounts.people.get(accountId);
			const balance = ledger.balance(accountId);
			const statistics = statisticsOf(ledger, accountId);
			return answered({
				...{ id, name, role, is_metered: balance.isMetered, remaining_tokens: remainingOf(balance), used_this_month: balance.usedThisMonth, statistics },
			});
		}),
	});
}

export function userHandlers({ accounts, ledger }: ApiTools) {
	const { users } = on;
	const shown = (person: Person) => shownUser(person, ledger.balance(person.id));
	return users.router({
		list: users.list.handler(() => answered({ users: accounts.people.list().map(shown) })),
		create: users.create.handler(({ context, input }) => {
			const { person, code, expiresAt } = accounts.people.create(context.principal.accountId, input);
			const data = { id: person.id, user: shown(person), setup_code: code, setup_code_expires_at: instantOf(expiresAt) };
			return answered(data, 'The account was made. Give its person the code; it is shown this once.');
		}),
		give: users.give.handler(({ input }) => answered({ remaining_tokens: remainingOf(ledger.topUp(input.id, input.request_id, input.tokens)) })),
	});
}

function shownUser({ id, name, role, hasPassword, isDisabled, lastSeenAt }: Person, balance: Balance) {
	return {
		...{ id, name, role, has_password: hasPassword, is_disabled: isDisabled, is_metered: balance.isMetered },
		...{ remaining_tokens: remainingOf(balance), last_seen_at: instantOf(lastSeenAt) },
	};
}

function pairOf({ access, refresh }: TokenSet) {
	const secondsOf = ({ lastsSeconds }: IssuedToken) => lastsSeconds;
	return {
		...{ access_token: access.token, refresh_token: refresh.token, token_type: 'Bearer' as const },
		...{ expires_in: secondsOf(access), refresh_expires_in: secondsOf(refresh) },
	};
}

/** What an account asked for since the first of the month, by task. */
function statisticsOf(ledger: ApiTools['ledger'], accountId: string) {
	const now = new Date();
	const from = new Date(now.getFullYear(), now.getMonth(), 1).getTime();
	const sums = new Map<Task, { task: Task; requests: number; tokens: number }>();
	for (const { task, requests, tokens, ...use } of ledger.use({ from, until: now.getTime() + 1 })) {
		if (use.accountId !== accountId) continue;
		const before = sums.get(task) ?? { task, requests: 0, tokens: 0 };
		sums.set(task, { task, requests: before.requests + requests, tokens: before.tokens + tokens });
	}
	return [...sums.values()];
}
