import { eq, exists, getTableColumns, inArray, not, or, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account, apiKey, modelRight, session } from '../../features/accounts/schema.ts';
import { conversation, message } from '../../features/chat/schema.ts';
import { answer, assignment, mark, proposal } from '../../features/grading/schema.ts';
import { setting } from '../../features/settings/schema.ts';
import { job, jobItem } from '../jobs/schema.ts';
import type { Db } from './openDatabase.ts';
import { everyOwner, owned, ownedByAny, ownedIn } from './owned.ts';
import { readOwnership } from './ownership.ts';
import { temporaryDatabase } from './temporaryDatabase.ts';

let opened: ReturnType<typeof temporaryDatabase>;
let db: Db;
beforeAll(() => {
	opened = temporaryDatabase();
	({ db } = opened);
	for (const ownerId of ['anna', 'berta']) {
		// What is in the settings is no matter here.
		const talk = { id: `talk-${ownerId}`, ownerId, title: ownerId, settings: {} as never, createdAt: 1, updatedAt: 1 };
		db.insert(conversation).values(talk).run();
		const said = { id: `said-${ownerId}`, conversationId: talk.id, role: 'user', content: ownerId, status: 'complete', createdAt: 1 } as const;
		db.insert(message).values(said).run();
	}
});
afterAll(() => opened.remove());

test('U7 every table that names an account is guarded, or is named here as an exception', () => {
	const { $client } = db;
	const columns = $client.prepare("select m.name t, c.name c from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'").all() as {
		t: string;
		c: string;
	}[];
	const naming = new Set(columns.filter(({ c }) => /(^|_)(owner|account|holder|user)_id$|^scope$/.test(c)).map(({ t }) => t));
	const guarded = readOwnership($client);
	// The ledger outlives its accounts and has doors of its own; the audit log is the administrators'.
	const exceptions = ['audit_entry', 'hold', 'meter', 'purse', 'transfer'];
	expect([...naming].filter((table) => !guarded.has(table)).sort()).toEqual(exceptions);
	expect(Object.fromEntries(guarded)).toEqual({
		adapter: { kind: 'owner', column: 'owner_id' },
		addition: { kind: 'child', column: 'assignment_id', parent: 'assignment' },
		answer: { kind: 'child', column: 'assignment_id', parent: 'assignment' },
		api_key: { kind: 'owner', column: 'owner_id' },
		assignment: { kind: 'owner', column: 'owner_id' },
		cached_answer: { kind: 'owner', column: 'owner_id' },
		class: { kind: 'owner', column: 'owner_id' },
		comment: { kind: 'owner', column: 'owner_id' },
		conversation: { kind: 'owner', column: 'owner_id' },
		conversion: { kind: 'owner', column: 'owner_id' },
		conversion_file: { kind: 'child', column: 'conversion_id', parent: 'conversion' },
		convert_preset: { kind: 'owner', column: 'owner_id' },
		cue: { kind: 'child', column: 'project_id', parent: 'subtitle_project' },
		dataset: { kind: 'owner', column: 'owner_id' },
		dataset_example: { kind: 'child', column: 'version_id', parent: 'dataset_version' },
		dataset_version: { kind: 'child', column: 'dataset_id', parent: 'dataset' },
		earlier_text: { kind: 'child', column: 'assignment_id', parent: 'assignment' },
		finetune_run: { kind: 'owner', column: 'owner_id' },
		glossary: { kind: 'owner', column: 'owner_id' },
		indexed_text: { kind: 'owner', column: 'owner_id' },
		job: { kind: 'owner', column: 'owner_id' },
		job_item: { kind: 'child', column: 'job_id', parent: 'job' },
		keyed_job: { kind: 'child', column: 'job_id', parent: 'job' },
		like_groups: { kind: 'child', column: 'assignment_id', parent: 'assignment' },
		mark: { kind: 'child', column: 'answer_id', parent: 'answer' },
		message: { kind: 'child', column: 'conversation_id', parent: 'conversation' },
		model_right: { kind: 'owner', column: 'account_id' },
		proposal: { kind: 'child', column: 'answer_id', parent: 'answer' },
		question: { kind: 'child', column: 'assignment_id', parent: 'assignment' },
		run_comparison: { kind: 'child', column: 'run_id', parent: 'finetune_run' },
		run_line: { kind: 'child', column: 'run_id', parent: 'finetune_run' },
		run_point: { kind: 'child', column: 'run_id', parent: 'finetune_run' },
		session: { kind: 'owner', column: 'account_id' },
		setting: { kind: 'owner', column: 'scope' },
		submission: { kind: 'child', column: 'assignment_id', parent: 'assignment' },
		subtitle_act: { kind: 'child', column: 'project_id', parent: 'subtitle_project' },
		subtitle_change: { kind: 'child', column: 'project_id', parent: 'subtitle_project' },
		subtitle_file: { kind: 'child', column: 'project_id', parent: 'subtitle_project' },
		subtitle_project: { kind: 'owner', column: 'owner_id' },
		term: { kind: 'child', column: 'glossary_id', parent: 'glossary' },
		translation_unit: { kind: 'owner', column: 'owner_id' },
	});
});

const talkOf = (ownerId: string) => db.select({ id: conversation.id }).from(conversation).where(owned(conversation, ownerId));

const unscoped: [string, () => unknown][] = [
	['a select of all', () => db.select().from(conversation).all()],
	['a select by id', () => db.select().from(conversation).where(eq(conversation.id, 'talk-berta')).get()],
	['an update by id', () => db.update(conversation).set({ title: 'x' }).where(eq(conversation.id, 'talk-berta')).run()],
	['an update of all', () => db.update(job).set({ state: 'queued' }).run()],
	['a delete by id', () => db.delete(assignment).where(eq(assignment.id, 'x')).run()],
	['a key found by its secret', () => db.select().from(apiKey).where(eq(apiKey.secretHash, 'x')).get()],
	['a session found by its id', () => db.select().from(session).innerJoin(account, eq(account.id, session.accountId)).where(eq(session.id, 'x')).get()],
	['rights found by their model', () => db.delete(modelRight).where(eq(modelRight.modelId, 'x')).run()],
	['settings by their key', () => db.select().from(setting).where(eq(setting.key, 'theme')).all()],
	[
		'an owner that may as well be another',
		() =>
			db
				.select()
				.from(conversation)
				.where(or(owned(conversation, 'anna'), eq(conversation.id, 'x')))
				.all(),
	],
	[
		'whatever is not the owner’s',
		() =>
			db
				.select()
				.from(conversation)
				.where(not(owned(conversation, 'anna')))
				.all(),
	],
	['an owner in the list of columns alone', () => db.select({ ownerId: conversation.ownerId }).from(conversation).all()],
	['an owner in the order alone', () => db.select().from(conversation).orderBy(conversation.ownerId).all()],
	['an owner told of a filter alone', () => db.all(sql`select count(*) filter (where owner_id = 'anna') from conversation`)],
	['an owner within a function', () => db.all(sql`select * from conversation where coalesce(owner_id = 'anna', 1)`)],
	['a second part of a statement', () => db.all(sql`select id from conversation where owner_id = 'anna' union all select id from job`)],
	['a select within a select', () => db.all(sql`select (select title from job where id = 'x') from conversation where owner_id = 'anna'`)],
	['a table under another name', () => db.all(sql`select c.* from main.conversation as c where c.id = 'talk-berta'`)],
	['a table behind a comma', () => db.all(sql`select c.* from account a, conversation c where a.id = 'anna'`)],
	['an owner that is a join’s', () => db.all(sql`select c.* from account a left join conversation c on c.owner_id = 'anna'`)],
	['an owner in a comment', () => db.all(sql`select * from conversation /* where owner_id = ? */ where id = 'owner_id = 1' -- owner_id = 1`)],
	['children by their own id', () => db.select().from(message).where(eq(message.id, 'said-berta')).get()],
	['children by a parent that nobody checked', () => db.select().from(message).where(eq(message.conversationId, 'talk-berta')).all()],
	['children of children', () => db.delete(mark).where(eq(mark.answerId, 'x')).run()],
	[
		'children of parents of nobody in particular',
		() =>
			db
				.update(message)
				.set({ content: 'x' })
				.where(exists(db.select({ id: conversation.id }).from(conversation).where(eq(conversation.id, message.conversationId))))
				.run(),
	],
	['children of any parent of the owner', () => db.all(sql`select m.* from message m, conversation c where c.owner_id = 'anna' and m.id = 'said-berta'`)],
	[
		'children held to what another table gives',
		() =>
			db
				.select()
				.from(message)
				.where(inArray(message.conversationId, db.select({ id: account.id }).from(account)))
				.all(),
	],
	['what an insert takes from elsewhere', () => db.$client.prepare("insert into setting (scope, key, value) select 'x', id, title from conversation").run()],
];

test.each(unscoped)('U7 %s is refused before it runs', (_what, statement) => {
	expect(statement).toThrow(/without saying whose/);
});

const scoped: [string, () => unknown][] = [
	[
		'a select of one owner',
		() =>
			db
				.select()
				.from(conversation)
				.where(owned(conversation, 'anna', eq(conversation.id, 'talk-anna')))
				.all(),
	],
	['an update of one owner', () => db.update(conversation).set({ title: 'anna' }).where(owned(conversation, 'anna')).run()],
	[
		'a delete with an or of its own',
		() =>
			db
				.delete(job)
				.where(owned(job, 'anna', or(eq(job.id, 'x'), eq(job.id, 'y'))))
				.run(),
	],
	[
		'several owners at once',
		() =>
			db
				.select()
				.from(setting)
				.where(ownedByAny(setting, ['machine', 'anna']))
				.all(),
	],
	[
		'every owner, declared',
		() =>
			db
				.update(job)
				.set({ state: 'queued' })
				.where(everyOwner(job, eq(job.state, 'running')))
				.run(),
	],
	['children of every owner, declared', () => db.select().from(message).where(everyOwner(message.conversationId)).all()],
	[
		'children through a join',
		() =>
			db
				.select(getTableColumns(message))
				.from(message)
				.innerJoin(conversation, eq(conversation.id, message.conversationId))
				.where(owned(conversation, 'anna'))
				.all(),
	],
	[
		'children of children through joins',
		() =>
			db
				.select({ score: proposal.score })
				.from(proposal)
				.innerJoin(answer, eq(answer.id, proposal.answerId))
				.innerJoin(assignment, eq(assignment.id, answer.assignmentId))
				.where(owned(assignment, 'anna'))
				.all(),
	],
	[
		'children of one parent',
		() =>
			db
				.update(message)
				.set({ content: 'anna' })
				.where(ownedIn(message.conversationId, conversation, 'anna', 'talk-anna'))
				.run(),
	],
	[
		'children of all parents of the owner',
		() =>
			db
				.delete(jobItem)
				.where(inArray(jobItem.jobId, db.select({ id: job.id }).from(job).where(owned(job, 'anna'))))
				.run(),
	],
	[
		'children within the parent’s select',
		() => db.all(sql`select (select count(*) from message where message.conversation_id = conversation.id) from conversation where owner_id = 'anna'`),
	],
	['tables that are nobody’s', () => db.select().from(account).where(eq(account.nameKey, 'anna')).all()],
	[
		'an insert',
		() =>
			db
				.insert(setting)
				.values({ scope: 'anna', key: 'x', value: '1' })
				.onConflictDoUpdate({ target: [setting.scope, setting.key], set: { value: '2' } })
				.run(),
	],
	['a condition with a list that must not be', () => db.all(sql`select * from job where id not in ('x', 'y') and owner_id = ${'anna'}`)],
];

test.each(scoped)('%s runs', (_what, statement) => {
	expect(statement).not.toThrow();
});

test('U7 another’s children are not reached through a parent that is not the owner’s', () => {
	const read = (ownerId: string, id: string) =>
		db
			.select({ id: message.id })
			.from(message)
			.where(ownedIn(message.conversationId, conversation, ownerId, id))
			.all();
	expect([read('anna', 'talk-anna'), read('anna', 'talk-berta'), read('anna', 'none')]).toEqual([[{ id: 'said-anna' }], [], []]);
	expect(talkOf('berta').all()).toEqual([{ id: 'talk-berta' }]);
	expect(db.select().from(conversation).where(everyOwner(conversation)).all()).toHaveLength(2);
});
