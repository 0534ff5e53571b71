import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '#contract/accounts.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { People } from './people.ts';
import { Sessions } from './Sessions.ts';
import { SetupCodes } from './SetupCodes.ts';
import { account } from './schema.ts';

let database: ReturnType<typeof temporaryDatabase>;
let now: number;
let people: People;
let sessions: Sessions;
let codes: SetupCodes;
let changed: string[];

beforeEach(() => {
	database = temporaryDatabase();
	now = Date.UTC(2026, 10, 21);
	changed = [];
	const { db } = database;
	sessions = new Sessions({ db, now: () => now, changed: () => {} });
	codes = new SetupCodes({ db, now: () => now });
	people = new People({
		db,
		codes,
		sessions: { endAll: (id) => sessions.endAll(id), signOut: (id) => sessions.endAll(id) },
		changed: (id) => changed.push(id),
		now: () => now,
	});
	db.insert(account).values({ id: 'owner', name: 'Olga', nameKey: 'olga', role: 'admin', passwordHash: 'hash', createdAt: 0 }).run();
});
afterEach(() => database.remove());

function add(name: string, role: Role, passwordHash: string | null = 'hash'): string {
	const { id } = people.create('owner', { name, role }).person;
	database.db.update(account).set({ passwordHash, setupHash: null }).where(eq(account.id, id)).run();
	return id;
}

const codeOf = (work: () => unknown) => {
	try {
		work();
		return 'ok';
	} catch (error) {
		return (error as { code?: unknown }).code;
	}
};
const signIn = (accountId: string) => sessions.open(accountId, { device: 'a browser', address: '::1' });

test('makes an account without a password, with a code by which its person chooses one', () => {
	const { code, expiresAt, person } = people.create('owner', { name: 'Anna', role: 'user' });
	expect(person).toEqual({
		...{ id: person.id, name: 'Anna', role: 'user', hasPassword: false, isDisabled: false, isBeingRemoved: false, modelIds: null },
		...{ codeExpiresAt: expiresAt, createdAt: now, lastSeenAt: null },
	});
	expect(codes.find(code)).toEqual({ id: person.id, name: 'Anna' });
	expect(changed).toEqual([person.id]);
	expect(people.list().map(({ name }) => name)).toEqual(['Olga', 'Anna']);
	now = expiresAt;
	expect(people.get(person.id).codeExpiresAt).toBeNull();
});

test('no second account is made while its maker, or the first owner, uses Homeroom without a password', () => {
	database.db.update(account).set({ passwordHash: null }).where(eq(account.id, 'owner')).run();
	expect(codeOf(() => people.create('owner', { name: 'Anna', role: 'user' }))).toBe('PASSWORD_NEEDED');
	database.db.insert(account).values({ id: 'other', name: 'O', nameKey: 'o', role: 'admin', passwordHash: 'hash', createdAt: 1 }).run();
	expect(codeOf(() => people.create('other', { name: 'Anna', role: 'user' }))).toBe('PASSWORD_NEEDED');
});

test('who is being deleted is not let in again, holds nobody up and is known until it is gone', () => {
	const { person } = people.create('owner', { name: 'Anna', role: 'user' });
	people.beginRemoval(person.id);
	expect(people.get(person.id)).toMatchObject({ isDisabled: true, isBeingRemoved: true, codeExpiresAt: null });
	expect([() => people.change(person.id, { isDisabled: false }), () => people.resetPassword(person.id)].map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
	// Somebody who never chose a password does not keep others from being added.
	expect(codeOf(() => people.create('owner', { name: 'Berta', role: 'user' }))).toBe('ok');
	people.beginRemoval(person.id);
	expect(people.beingRemoved()).toEqual([person.id]);
	database.db.transaction((tx) => people.remove(tx, person.id));
	expect(people.beingRemoved()).toEqual([]);
});

test('names that people would read as one are one', () => {
	const anna = add('Änna  Weiß', 'user');
	for (const name of ['änna weiss', 'A\u0308NNA WEISS', '\uff21\u0308nna weiß', 'Änna\u00a0Weiß', 'Änna\tWeiß'])
		expect([name, codeOf(() => people.create('owner', { name, role: 'user' }))]).toEqual([name, 'NAME_TAKEN']);
	expect(codeOf(() => people.change('owner', { name: 'ÄNNA WEISS' }))).toBe('NAME_TAKEN');
	const alike = ['Оlga', 'ΟLGA', 'Homeroom', 'hоmerооm', 'Nobody signed in', '未登录'];
	for (const name of alike) expect([name, codeOf(() => people.create('owner', { name, role: 'user' }))]).toEqual([name, 'NAME_TAKEN']);
	expect(people.create('owner', { name: 'Ольга', role: 'user' }).person.name).toBe('Ольга');
	expect(people.change(anna, { name: 'änna weiß' }).name).toBe('änna weiß');
	expect(codeOf(() => people.create('owner', { name: 'Anna Weiß', role: 'user' }))).toBe('ok');
});

test.each([
	['another role', { role: 'viewer' } as const, 0],
	['being switched off', { isDisabled: true }, 0],
	['another right', { modelIds: ['one'] }, 0],
	['no right at all', { modelIds: [] }, 0],
	['another name', { name: 'Berta' }, 1],
	['the role it has', { role: 'user', isDisabled: false, modelIds: null } as const, 1],
])('U6 %s leaves an account with the sessions it should have', (_what, changes, left) => {
	const anna = add('Anna', 'user');
	signIn(anna);
	signIn('owner');
	people.change(anna, changes);
	expect([sessions.list(anna, null).length, sessions.list('owner', null).length]).toEqual([left, 1]);
});

test('a refused change changes nothing', () => {
	const anna = add('Anna', 'user');
	signIn(anna);
	const before = people.list();
	expect(codeOf(() => people.change(anna, { role: 'viewer', modelIds: [], name: 'olga' }))).toBe('NAME_TAKEN');
	expect(codeOf(() => people.change('owner', { name: 'Other', isDisabled: true }))).toBe('LAST_ADMIN');
	expect(people.list()).toEqual(before);
	expect(sessions.list(anna, null)).toHaveLength(1);
});

test('a reset takes the password and the sessions and gives a code, which the person alone can use', () => {
	const anna = add('Anna', 'user');
	signIn(anna);
	const { code } = people.resetPassword(anna);
	expect(people.get(anna)).toMatchObject({ hasPassword: false, codeExpiresAt: expect.any(Number) });
	expect(sessions.list(anna, null)).toEqual([]);
	expect(codes.find(code)?.id).toBe(anna);
});

test('whoever is not there is NOT_FOUND', () => {
	for (const work of [() => people.get('x'), () => people.change('x', {}), () => people.resetPassword('x')]) expect(codeOf(work)).toBe('NOT_FOUND');
});

test('whatever is tried, an enabled administrator with a password is left', () => {
	const attempts = fc.array(
		fc.tuple(
			fc.nat(3),
			fc.constantFrom(
				(id: string) => people.change(id, { role: 'user' }),
				(id: string) => people.change(id, { role: 'admin' }),
				(id: string) => people.change(id, { isDisabled: true }),
				(id: string) => people.change(id, { isDisabled: false }),
				(id: string) => people.resetPassword(id),
				(id: string) => database.db.transaction((tx) => people.remove(tx, id)),
			),
		),
		{ minLength: 1, maxLength: 12 },
	);
	fc.assert(
		fc.property(attempts, (tries) => {
			database.db.delete(account).run();
			const roles: Role[] = ['admin', 'admin', 'admin', 'user'];
			for (const [at, role] of roles.entries()) {
				const passwordHash = at === 2 ? null : 'hash';
				database.db
					.insert(account)
					.values({ id: String(at), name: String(at), nameKey: String(at), role, passwordHash, createdAt: at })
					.run();
			}
			for (const [at, attempt] of tries) codeOf(() => attempt(String(at)));
			const left = people.list().filter(({ role, isDisabled, hasPassword }) => role === 'admin' && !isDisabled && hasPassword);
			expect(left.length).toBeGreaterThan(0);
		}),
		{ numRuns: 200 },
	);
});

test('a model may be used by administrators, by who may use every one, and by whom it was given', () => {
	const [anna, berta, chief] = [add('Anna', 'user'), add('Berta', 'viewer'), add('Chief', 'admin')];
	people.change(berta, { modelIds: ['one', 'two', 'one'] });
	people.change(chief, { modelIds: [] });
	const may = (id: string) => ['one', 'three'].map((modelId) => people.mayUseModel(id, modelId));
	expect({ anna: may(anna), berta: may(berta), chief: may(chief), nobody: may('nobody'), listed: people.get(berta).modelIds }).toEqual({
		...{ anna: [true, true], berta: [true, false], chief: [true, true] },
		...{ nobody: [false, false], listed: ['one', 'two'] },
	});
	people.change(berta, { modelIds: null });
	expect(may(berta)).toEqual([true, true]);
	people.change(berta, { isDisabled: true });
	expect(may(berta)).toEqual([false, false]);
});
