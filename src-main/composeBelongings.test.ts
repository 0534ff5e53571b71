import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { addTestModel } from './addTestModel.test-support.ts';
import { type Member, type OpenedApp, openApp, password } from './openApp.test-support.ts';

const source = { text: 'id,name,answer\n1,Kim,The moon pulls the water.\n2,Lee,Because of the wind.\n' };
const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: ['name'], answers: [{ column: 'answer', questionName: 'answer' }] };
const fields = { title: 'Tides', className: '8a' };
const questions = [{ name: '1', text: 'Why are there tides?' }];

let stage: OpenedApp;
let anna: Member;
let modelId: string;

beforeEach(async () => {
	stage = await openApp();
	anna = await stage.member('Anna', 'user');
	await stage.olga.client.ledger.topUp({ accountId: anna.accountId, requestId: 'for-the-year', tokens: 100_000 });
	modelId = (await addTestModel(stage.olga.client, stage.folder)).id;
});
afterEach(() => stage.close());

/** Work of every kind: a long conversation that is being answered, a class that is being graded, a training, settings, a key. */
async function work(member: Member): Promise<void> {
	const { client } = member;
	const { id: conversationId } = await client.chat.create({ modelId });
	await client.chat.change({ conversationId, settings: { maxTokens: 4096 } });
	await client.chat.send({ conversationId, parentId: null, text: 'A question of Anna' });
	const { id: hidden } = await client.chat.create({ modelId: null });
	await client.chat.remove({ conversationId: hidden });
	const { id: assignmentId } = await client.grading.create({ fields, questions, source, mapping });
	const [first] = await client.grading.answers({ assignmentId });
	await client.grading.setMark({ answerId: first?.id ?? '', points: 80, feedback: 'Seen' });
	await client.grading.setMark({ answerId: first?.id ?? '', points: 90, feedback: 'Well seen' });
	const { versions } = await client.finetune.createDataset({ title: 'My marks', source: { from: 'marks', assignmentIds: [assignmentId] } });
	await client.grading.start({ assignmentId, modelId });
	const film = { file: new File(['1\n00:00:01,000 --> 00:00:02,000\nHello\n'], 'film.srt'), fileName: 'film.srt' };
	const { id: projectId, glossaryId } = await client.subtitles.create({ fields: { title: 'My film', targetLanguage: 'de' }, source: film });
	await client.subtitles.addTerms({ glossaryId: glossaryId ?? '', terms: [{ source: 'Ada', target: 'Ada' }] });
	const { cues } = await client.subtitles.cues({ projectId });
	await client.subtitles.edit({ projectId, changes: [{ cueId: cues[0]?.id ?? '', target: 'Hallo', isApproved: true }] });
	const training = { intent: 'basic' as const, task: 'text' as const, settings: { ...settingsOfIntent('basic'), epochs: 100 } };
	await client.finetune.startRun({ title: 'Like Anna', modelId, versionId: versions[0]?.id ?? '', ...training });
	await client.settings.set({ theme: 'dark' });
	await client.accounts.createKey({ name: 'a program', scopes: ['chat'], expiresAt: null });
}

/** Reads or harms the rows from outside. */
function beside<T>(act: (client: Database.Database) => T): T {
	const client = new Database(`${stage.folder}/homeroom.db`);
	try {
		return act(client);
	} finally {
		client.close();
	}
}

/** How many rows name an account, by table; of children those of its parents. */
function rowsOf(accountId: string): Record<string, number> {
	return beside((client) => {
		const columns = client.prepare("select m.name t, c.name c from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'").all();
		const counts: Record<string, number> = {};
		// What the statement above names.
		for (const { t, c } of columns as { t: string; c: string }[]) {
			const count = Number(client.prepare(`select count(*) from "${t}" where "${c}" = ?`).pluck().get(accountId));
			if (count > 0) counts[`${t}.${c}`] = count;
		}
		for (const table of [
			'message',
			'submission',
			'question',
			'answer',
			'proposal',
			'mark',
			'dataset_version',
			'dataset_example',
			'run_line',
			'job_item',
			'cue',
			'subtitle_file',
			'subtitle_act',
			'subtitle_change',
			'term',
		])
			counts[table] = Number(client.prepare(`select count(*) from "${table}"`).pluck().get());
		return counts;
	});
}

/** What `rowsOf` tells of children where there are none. */
const noChildren = {
	message: 0,
	submission: 0,
	question: 0,
	answer: 0,
	proposal: 0,
	mark: 0,
	dataset_version: 0,
	dataset_example: 0,
	run_line: 0,
	job_item: 0,
	cue: 0,
	subtitle_file: 0,
	subtitle_act: 0,
	subtitle_change: 0,
	term: 0,
};

const codeOf = (act: Promise<unknown>) =>
	act.then(
		() => 'ok',
		(error: { code?: unknown }) => error.code,
	);
async function exported({ client }: Pick<Member, 'client'>): Promise<{ fileName: string; text: string }> {
	const pieces = await Array.fromAsync(await client.accounts.exportOwn());
	return { fileName: pieces[0]?.fileName ?? '', text: pieces.map(({ text }) => text).join('') };
}
const signIn = (name: string) => codeOf(stage.app.accounts.signIn({ name, password }, { device: 'a browser', address: '::1' }));

test('an account takes all of its own away in one file, and no secret', async () => {
	await work(anna);
	const { fileName, text } = await exported(anna);
	expect(fileName).toMatch(/^Homeroom \d{4}-\d\d-\d\d\.json$/);
	const own: unknown = JSON.parse(text);
	expect(own).toMatchObject({
		account: { name: 'Anna', role: 'user' },
		conversations: [{ title: 'A question of Anna', messages: [{ content: 'A question of Anna' }, { role: 'assistant' }] }, { messages: [] }],
		gradings: [
			{
				title: 'Tides',
				submissions: [
					{ answers: [{ text: 'The moon pulls the water.', mark: { points: 90 }, marks: [{ points: 90 }, { points: 80 }] }] },
					{ studentName: 'Lee', answers: [{ proposals: [], marks: [] }] },
				],
			},
		],
		subtitles: {
			glossaries: [{ name: 'My film', terms: [{ source: 'Ada' }] }],
			projects: [{ title: 'My film', cues: [{ source: 'Hello', target: 'Hallo' }] }],
		},
		datasets: [
			{ title: 'My marks', versions: [{ form: 'marks', examples: [{ row: 2, turns: [{ role: 'system' }, { role: 'user' }, { role: 'assistant' }] }] }] },
		],
		finetune: { runs: [{ title: 'Like Anna' }], adapters: [] },
		jobs: [{ kind: 'grading' }, { kind: 'finetune' }],
		settings: { theme: 'dark' },
		keys: [{ name: 'a program' }],
		sessions: [{ device: 'a browser' }],
	});
	expect(Object.keys(own as object)).toContain('statement');
	expect(text).not.toMatch(/argon2|secretHash|refreshId|passwordHash/);
	expect((await exported(stage.olga)).text).not.toContain('A question of Anna');
});

test('a deleted account is gone with all of its own, while it works; its use stays without a name', async () => {
	await work(anna);
	const key = await stage.keyOf(anna, ['chat']);
	expect(key.accountId).toBe(anna.accountId);
	await stage.olga.client.accounts.remove({ accountId: anna.accountId });
	const left = rowsOf(anna.accountId);
	// What the ledger and the audit log name by its id alone.
	for (const table of Object.keys(left)) if (/^(hold|transfer|purse|meter|audit_entry)\./.test(table)) delete left[table];
	expect(left).toEqual(noChildren);
	expect(await signIn('Anna')).toBe('SIGN_IN_REFUSED');
	const { entries } = await stage.olga.client.audit.list({ accountId: anna.accountId });
	expect(entries[0]).toMatchObject({ accountName: null });
	expect((await stage.olga.client.accounts.people()).map(({ name }) => name)).toEqual(['Olga']);
	// Nothing that ran for it is still set aside.
	expect(beside((client) => client.prepare('select count(*) from hold where closed_at is null').pluck().get())).toBe(0);
	expect(stage.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
	// The name is free again, for somebody who sees nothing of it.
	const another = await stage.member('Anna', 'user');
	expect([await another.client.chat.list(), await another.client.grading.list()]).toEqual([[], []]);
});

test('somebody deletes their own account with their password, and with no other', async () => {
	await work(anna);
	expect(await codeOf(anna.client.accounts.removeOwn({ password: 'not this one' }))).toBe('PASSWORD_WRONG');
	expect(await codeOf(anna.client.accounts.removeOwn({ password }))).toBe('ok');
	expect(await signIn('Anna')).toBe('SIGN_IN_REFUSED');
});

test('what was still being written when its account was deleted goes at the next start, and nothing else', async () => {
	await work(anna);
	await stage.olga.client.settings.set({ theme: 'dark', offline: true });
	const { accountId } = await stage.member('Berta', 'user');
	await stage.olga.client.accounts.remove({ accountId });
	const before = rowsOf(anna.accountId);
	beside((client) => {
		client.prepare("insert into conversation (id, owner_id, title, settings, created_at, updated_at) values ('late', ?, '', '{}', 1, 1)").run(accountId);
		client.exec("insert into message (id, conversation_id, role, content, status, created_at) values ('late', 'late', 'user', 'x', 'complete', 1)");
		client.prepare("insert into setting (scope, key, value) values (?, 'theme', '1')").run(accountId);
	});
	expect(rowsOf(accountId)).toMatchObject({ 'conversation.owner_id': 1, 'setting.scope': 1 });
	await stage.restart();
	expect(rowsOf(accountId)).not.toMatchObject({ 'conversation.owner_id': 1 });
	expect(
		beside((client) =>
			client.prepare("select (select count(*) from message where id = 'late') + (select count(*) from setting where scope = ?)").pluck().get(accountId),
		),
	).toBe(0);
	expect(rowsOf(anna.accountId)).toMatchObject({
		'conversation.owner_id': before['conversation.owner_id'],
		'assignment.owner_id': before['assignment.owner_id'],
	});
	expect(await stage.olga.client.settings.get()).toMatchObject({ theme: 'dark', offline: true });
});

test('a removal that a crash cut short is in the log from its beginning, and finished at the next start', async () => {
	await work(anna);
	const { accountId } = anna;
	beside((client) => client.exec(`create trigger broken before delete on account begin select raise(abort, 'the disk broke'); end`));
	expect(await codeOf(stage.olga.client.accounts.remove({ accountId }))).toBe('INTERNAL');
	expect(await codeOf(stage.olga.client.accounts.change({ accountId, isDisabled: false }))).toBe('NOT_FOUND');
	beside((client) => client.exec('drop trigger broken'));
	await stage.restart();
	const left = rowsOf(accountId);
	for (const table of Object.keys(left)) if (/^(hold|transfer|purse|meter|audit_entry)\./.test(table)) delete left[table];
	expect(left).toEqual(noChildren);
	expect(beside((client) => client.prepare('select count(*) from hold where closed_at is null').pluck().get())).toBe(0);
	const { entries } = await stage.olga.client.audit.list({ act: 'accounts' });
	const ofRemoval = entries.filter(({ subject, act }) => subject === accountId && /(emoval|remove|change)$/.test(act));
	expect(ofRemoval.map(({ act, accountId: by, result }) => [act, by, result])).toEqual([
		['accounts.remove', null, 'ok'],
		['accounts.change', stage.olga.accountId, 'NOT_FOUND'],
		['accounts.remove', stage.olga.accountId, 'INTERNAL'],
		['accounts.beginRemoval', stage.olga.accountId, 'ok'],
	]);
});

test('the last administrator stays whole', async () => {
	const before = rowsOf(stage.olga.accountId);
	expect(await codeOf(stage.olga.client.accounts.removeOwn({ password }))).toBe('LAST_ADMIN');
	expect(await codeOf(stage.olga.client.accounts.remove({ accountId: stage.olga.accountId }))).toBe('LAST_ADMIN');
	expect(await signIn('Olga')).toBe('ok');
	expect(rowsOf(stage.olga.accountId)).toMatchObject({ 'account.id': before['account.id'] });
});

test.each(['message', 'assignment', 'dataset', 'finetune_run', 'job', 'setting', 'account'])(
	'a removal that fails at the rows of %s leaves the account whole, and nobody signs in to it',
	async (table) => {
		await work(anna);
		const kept = () => {
			const { 'session.account_id': _, 'audit_entry.account_id': __, 'audit_entry.subject': ___, ...rows } = rowsOf(anna.accountId);
			return rows;
		};
		beside((client) => client.exec(`create trigger broken before delete on "${table}" begin select raise(abort, 'the disk broke'); end`));
		expect(await codeOf(stage.olga.client.accounts.remove({ accountId: anna.accountId }))).toBe('INTERNAL');
		const whole = kept();
		expect(whole).toMatchObject({
			'account.id': 1,
			'conversation.owner_id': 2,
			'assignment.owner_id': 1,
			'job.owner_id': 2,
			'finetune_run.owner_id': 1,
			'dataset.owner_id': 1,
			'setting.scope': 1,
			'api_key.owner_id': 1,
			submission: 2,
			question: 1,
			answer: 2,
			mark: 2,
		});
		expect(await signIn('Anna')).toBe('SIGN_IN_REFUSED');
		expect((await stage.olga.client.accounts.people()).find(({ name }) => name === 'Anna')).toMatchObject({ isDisabled: true });
		beside((client) => client.exec('drop trigger broken'));
		expect(await codeOf(stage.olga.client.accounts.remove({ accountId: anna.accountId }))).toBe('ok');
		expect(kept()).not.toHaveProperty('account.id');
	},
);
