import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from '#contract/contract.ts';
import type { Declared } from '#contract/define.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { addTestModel } from './addTestModel.test-support.ts';
import { trainTestAdapter } from './features/finetune/trainer/trainTestAdapter.test-support.ts';
import { writeTestModel } from './features/library/testModel.ts';
import { type Member, type OpenedApp, openApp, password } from './openApp.test-support.ts';
import type { Principal } from './platform/rpc/guard.ts';

const callers = ['nobody', 'viewer', 'user', 'other', 'admin', 'key'] as const;
type Caller = (typeof callers)[number];

/** What a procedure answers each caller with: `ok`, or the code of the failure. */
type Answers = Record<Caller, string>;

interface Row {
	/** For whom it is, and what those get who may call it. `all`: also who is not signed in. */
	for: 'all' | 'viewers' | 'users' | 'admins';
	answer: string;
	/** What it is about is Uli's own, made anew for each call; to everybody else it is as good as not there. */
	own: boolean;
	/** The call ends the session that it comes by. */
	ends: boolean;
	input(caller: Caller): Promise<unknown> | unknown;
}

const row = (who: Row['for'], input: Row['input'] | object | undefined = undefined, more: Partial<Omit<Row, 'for' | 'input'>> = {}): Row => ({
	...{ for: who, answer: 'ok', own: false, ends: false, ...more },
	// Inputs are objects; a function makes one.
	input: typeof input === 'function' ? (input as Row['input']) : () => input,
});
const own = (input: Row['input'], answer = 'ok'): Row => row('users', input, { own: true, answer });

let stage: OpenedApp;
/** By their roles; Uli owns what the rows are about, Otto is another user. */
let vera: Member;
let uli: Member;
let otto: Member;
let modelId: string;
let adapterId: string;

const none = 'there-is-no-such-thing';
const source = { text: 'id,answer\n1,The moon pulls the water.\n' };
const late = { text: 'id,answer\n2,The sun does too.\n' };
const largeClass = { text: `id,answer\n${Array.from({ length: 200 }, (_, at) => `${at},The moon pulls ${at} seas.\n`).join('')}` };
const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: [], answers: [{ column: 'answer', questionName: 'answer' }] };
const fields = { title: 'Tides' };
const questions = [{ name: '1', text: 'Why are there tides?' }];
const file = { file: new File(['Light.'], 'Ada.txt'), fileName: 'Ada.txt' };
const film = { file: new File(['1\n00:00:01,000 --> 00:00:02,000\nHello\n'], 'film.srt'), fileName: 'film.srt' };
const dataFile = { file: new File(['{"a": 1}'], 'a.json'), fileName: 'a.json' };
const toYaml = { to: 'yaml' } as const;
const filmFields = { title: 'Film', targetLanguage: 'de' };
const lesson = { from: 'file' as const, file: { text: 'prompt,answer\nWhat pulls the water?,The moon.\n' } };
const span = { from: 0, until: 1 };
const chosen = { source: 'huggingface', name: 'owner/model', revision: '', fileId: 'model.gguf' };

async function conversation(): Promise<{ conversationId: string }> {
	return { conversationId: (await uli.client.chat.create({ modelId })).id };
}
async function deletedConversation() {
	const { conversationId } = await conversation();
	await uli.client.chat.remove({ conversationId });
	return { kind: 'conversation' as const, thingId: conversationId };
}
/** A conversation with one answer that has ended. */
async function message(): Promise<{ messageId: string }> {
	const { conversationId } = await conversation();
	await uli.client.chat.change({ conversationId, settings: { maxTokens: 1 } });
	const { messages } = await uli.client.chat.send({ conversationId, parentId: null, text: 'Hello' });
	const messageId = messages.at(-1)?.id ?? '';
	for await (const piece of await uli.client.chat.watch({ messageId })) if (piece.type === 'end') break;
	return { messageId };
}
async function assignment(): Promise<{ assignmentId: string }> {
	return { assignmentId: (await uli.client.grading.create({ fields, questions, source, mapping })).id };
}
async function answer(): Promise<{ answerId: string }> {
	const [first] = await uli.client.grading.answers(await assignment());
	return { answerId: first?.id ?? '' };
}
async function question(): Promise<{ assignmentId: string; questionId: string }> {
	const { id, questions: asked } = await uli.client.grading.get(await assignment());
	return { assignmentId: id, questionId: asked[0]?.id ?? '' };
}
/** A job that was cancelled: it has more to do than can be done before it is. */
async function job(): Promise<{ jobId: string }> {
	const { id: assignmentId } = await uli.client.grading.create({ fields, questions, source: largeClass, mapping });
	const { job: started } = await uli.client.grading.start({ assignmentId, modelId });
	const jobId = started?.id ?? '';
	await uli.client.jobs.cancel({ jobId });
	return { jobId };
}
async function project(): Promise<{ projectId: string }> {
	return { projectId: (await uli.client.subtitles.create({ fields: filmFields, source: film })).id };
}
async function cue(): Promise<{ projectId: string; cueId: string }> {
	const { projectId } = await project();
	const { cues } = await uli.client.subtitles.cues({ projectId });
	return { projectId, cueId: cues[0]?.id ?? '' };
}
async function glossary(): Promise<{ glossaryId: string }> {
	return { glossaryId: (await uli.client.subtitles.createGlossary({ name: 'Season' })).id };
}
async function term(): Promise<{ glossaryId: string; termId: string }> {
	const { glossaryId } = await glossary();
	const [added] = await uli.client.subtitles.addTerms({ glossaryId, terms: [{ source: 'Ada', target: 'Ada' }] });
	return { glossaryId, termId: added?.id ?? '' };
}
async function batch(): Promise<{ conversionId: string }> {
	return { conversionId: (await uli.client.convert.sendFiles({ conversionId: null, files: [dataFile] })).id };
}
async function batchFile(): Promise<{ conversionId: string; fileId: string }> {
	const { conversionId } = await batch();
	const [first] = await uli.client.convert.files({ conversionId });
	return { conversionId, fileId: first?.id ?? '' };
}
/** One whose files are converted. */
async function convertedFile(): Promise<{ conversionId: string; fileId: string }> {
	const made = await batchFile();
	await uli.client.convert.start({ conversionId: made.conversionId, order: toYaml });
	for await (const { conversion } of await uli.client.convert.watch({ conversionId: made.conversionId })) if (conversion.job?.state === 'completed') break;
	return made;
}
async function dataset(): Promise<{ datasetId: string }> {
	return { datasetId: (await uli.client.finetune.createDataset({ title: 'Lesson', source: lesson })).id };
}
async function version(): Promise<{ versionId: string }> {
	const { versions } = await uli.client.finetune.createDataset({ title: 'Lesson', source: lesson });
	return { versionId: versions[0]?.id ?? '' };
}
async function training() {
	const settings = { ...settingsOfIntent('basic'), epochs: 1 };
	return { ...(await version()), title: 'Lesson', modelId, intent: 'basic' as const, task: 'text' as const, settings };
}
/** A run that was cancelled. */
async function run(): Promise<{ runId: string }> {
	const { id, job: queued } = await uli.client.finetune.startRun(await training());
	await uli.client.jobs.cancel({ jobId: queued.id });
	return { runId: id };
}
/** An adapter of Uli's own. */
async function importAdapter(): Promise<string> {
	const { path: modelPath } = (await stage.olga.client.library.list()).find(({ id }) => id === modelId) ?? expect.fail();
	const file = path.join(stage.folder, 'adapter.gguf');
	const tokens = Array.from({ length: 16 }, (_, i) => i + 10);
	await trainTestAdapter(modelPath, file, [{ tokens, learnt: tokens.map(() => true) }], 1);
	const sent = { file: new File([readFileSync(file)], 'adapter.gguf'), fileName: 'adapter.gguf' };
	return (await uli.client.finetune.importAdapter({ ...sent, modelId, name: 'Lesson' })).id;
}
async function madeRoute(): Promise<{ routeId: string }> {
	return { routeId: (await stage.olga.client.routes.create({ name: randomUUID() })).id };
}
async function key(): Promise<{ keyId: string }> {
	return { keyId: (await uli.client.accounts.createKey({ name: 'mine', scopes: ['jobs'], expiresAt: null })).key.id };
}
async function session(): Promise<{ sessionId: string }> {
	return { sessionId: (await uli.principal(true)).sessionId ?? '' };
}
/** An account that is there to be changed. */
async function somebody(): Promise<{ accountId: string }> {
	return { accountId: (await stage.olga.client.accounts.create({ name: `Somebody ${randomUUID()}`, role: 'user' })).person.id };
}

const backend = () => ({ name: randomUUID(), kind: 'openai', endpoint: 'https://api.example/v1', key: 'sk-1' }) as const;
async function backendMade(): Promise<{ backendId: string }> {
	return { backendId: (await stage.olga.client.backends.add(backend())).id };
}

/** Every procedure of the contract, for whom it is, and what it answers. */
const table: Record<string, Row> = {
	'accounts.door': row('all'),
	'accounts.signIn': row('all', { name: 'Uli', password }, { answer: 'NOT_HERE' }),
	'accounts.showCode': row('all', { code: '0000-0000-0000' }, { answer: 'SIGN_IN_REFUSED' }),
	'accounts.setUp': row('all', { code: '0000-0000-0000', name: null, password }, { answer: 'NOT_HERE' }),
	'accounts.me': row('viewers'),
	'accounts.rename': row('viewers', (caller) => ({ name: memberOf(caller)?.name ?? 'x' })),
	'accounts.changePassword': row('viewers', { current: 'not this one', next: password }, { answer: 'PASSWORD_WRONG' }),
	'accounts.signOut': row('viewers', undefined, { ends: true }),
	'accounts.sessions': row('viewers'),
	'accounts.endSession': row('viewers', session, { own: true }),
	'accounts.endOtherSessions': row('viewers', undefined, { ends: true }),
	'accounts.exportFiles': row('viewers'),
	'accounts.exportOwn': row('viewers'),
	'accounts.removeOwn': row('viewers', { password: 'not this one' }, { answer: 'PASSWORD_WRONG' }),
	'accounts.keys': row('users'),
	'accounts.createKey': row('users', { name: 'mine', scopes: ['jobs'], expiresAt: null }),
	'accounts.changeKey': own(async () => ({ ...(await key()), isDisabled: true })),
	'accounts.rotateKey': own(key),
	'accounts.removeKey': own(key),
	'accounts.people': row('admins'),
	'accounts.create': row('admins', () => ({ name: randomUUID(), role: 'user' })),
	'accounts.change': row('admins', async () => ({ ...(await somebody()), role: 'viewer' })),
	'accounts.resetPassword': row('admins', somebody),
	'accounts.remove': row('admins', somebody),
	'accounts.sessionsOf': row('admins', somebody),
	'accounts.endSessionsOf': row('admins', async () => ({ ...(await somebody()), sessionId: null })),

	'audit.list': row('admins', {}),
	'audit.verify': row('admins'),
	'audit.exportCsv': row('admins', {}),

	'backends.list': row('admins'),
	'backends.add': row('admins', backend),
	'backends.change': row('admins', async () => ({ ...(await backendMade()), isEnabled: false })),
	'backends.remove': row('admins', backendMade),
	// Homeroom is set to stay offline here.
	'backends.test': row('admins', backendMade, { answer: 'OFFLINE' }),

	'backup.state': row('admins'),
	'backup.start': row('admins', { folder: '/none', withModels: false }, { answer: 'FILE_NOT_FOUND' }),
	'backup.look': row('admins', { path: '/none.zip' }, { answer: 'FILE_NOT_FOUND' }),
	'backup.restore': row('admins', { path: '/none.zip' }, { answer: 'FILE_NOT_FOUND' }),
	'backup.forget': row('admins'),
	'backup.goBack': row('admins'),
	'backup.dropReplaced': row('admins'),
	'backup.moveTo': row('admins', { folder: '/none' }, { answer: 'FILE_NOT_FOUND' }),
	'backup.forgetMove': row('admins'),
	'backup.dropLeft': row('admins'),
	'backup.restart': row('admins', undefined, { answer: 'NOT_HERE' }),
	'backup.setSchedule': row('admins', { every: 'day', folder: '/none', keep: 3, withModels: false }, { answer: 'FILE_NOT_FOUND' }),

	'cache.kept': row('viewers'),
	'cache.clear': row('viewers'),
	'cache.clearAll': row('admins'),

	'chat.list': row('users'),
	'chat.create': row('users', {}),
	'chat.get': own(conversation),
	'chat.change': own(async () => ({ ...(await conversation()), title: 'Other' })),
	'chat.remove': own(conversation),
	'chat.restore': own(conversation),
	'chat.send': own(async () => ({ ...(await conversation()), parentId: null, text: 'Hello' })),
	'chat.regenerate': own(message),
	'chat.watch': own(message),
	'chat.stop': own(message),
	'chat.removeMessage': own(message),
	'chat.restoreMessage': own(message),
	'chat.previewImport': row('users', { files: [{ path: 'a.json', file: new File(['[]'], 'a.json') }] }),
	'chat.import': row('users', { files: [{ path: 'a.json', file: new File(['[]'], 'a.json') }] }),
	'chat.export': own(async () => ({ ...(await conversation()), format: 'json' })),

	'convert.formats': row('users'),
	'convert.text': row('users', { content: '{}', order: toYaml }),
	'convert.detect': row('users', dataFile),
	'convert.validate': row('users', { content: '{}', schema: null }),
	'convert.back': row('users', { content: 'a: 1\n', sidecar: new File(['{}'], 'a.sidecar.json') }, { answer: 'CONVERT_INVALID' }),
	'convert.mend': row('users', { content: '{', from: 'json' }),
	'convert.repairCost': row('users', () => ({ content: 'a: "', from: 'yaml', modelId })),
	'convert.repair': row('users', { content: 'a: "', from: 'yaml', modelId: '' }, { answer: 'NO_MODEL' }),
	'convert.diff': row('users', { left: { content: '{}' }, right: { content: '[]' } }),
	'convert.recordsCost': row('users', () => ({ content: 'a', modelId, fields: null })),
	'convert.proposeFields': row('users', { content: 'a', modelId: '' }, { answer: 'NO_MODEL' }),
	'convert.records': row('users', { content: 'a', modelId: '', fields: [{ name: 'a', type: 'text' }] }, { answer: 'NO_MODEL' }),
	'convert.presets': row('users'),
	'convert.savePreset': row('users', { name: 'Website', order: toYaml }),
	'convert.removePreset': own(async () => ({ presetId: (await uli.client.convert.savePreset({ name: randomUUID(), order: toYaml })).id })),
	'convert.sendFiles': own(async () => ({ ...(await batch()), files: [dataFile] })),
	'convert.addPath': row('admins', () => ({ conversionId: null, path: `${stage.folder}/none.json` }), { answer: 'FILE_NOT_FOUND' }),
	'convert.dropFile': own(batchFile),
	'convert.start': own(async () => ({ ...(await batch()), order: toYaml })),
	'convert.startInto': row('admins', async () => ({ ...(await batch()), order: toYaml, folder: stage.folder }), { answer: 'NOT_FOUND' }),
	'convert.list': row('users'),
	'convert.files': own(batch),
	'convert.watch': own(batch),
	'convert.report': own(convertedFile),
	'convert.result': own(convertedFile),
	'convert.remove': own(batch),

	'deleted.list': row('users'),
	'deleted.restore': own(deletedConversation),
	'deleted.purge': own(deletedConversation),
	'deleted.purgeAll': row('users', { until: 1 }),

	'engine.machine': row('viewers'),
	'engine.plan': row('viewers', () => ({ modelId })),
	'engine.load': row('users', () => ({ modelId })),
	'engine.unload': row('users', { deploymentId: none }, { answer: 'NOT_FOUND' }),
	'engine.watch': row('viewers'),
	'engine.countTokens': row('viewers', () => ({ modelId, text: 'Hello' })),

	'finetune.watchDatasets': row('users'),
	'finetune.previewDataset': row('users', { source: lesson }),
	'finetune.createDataset': row('users', { title: 'Lesson', source: lesson }),
	'finetune.addVersion': own(async () => ({ ...(await dataset()), source: { from: 'file', file: { text: 'prompt,answer\nb,c\n' } } })),
	'finetune.renameDataset': own(async () => ({ ...(await dataset()), title: 'Other' })),
	'finetune.removeDataset': own(dataset),
	'finetune.restoreDataset': own(dataset),
	'finetune.datasetExamples': own(version),
	'finetune.datasetProblems': own(version),
	'finetune.datasetTokens': own(async () => ({ ...(await version()), modelId })),
	'finetune.exportDataset': own(version),
	'finetune.watchRuns': row('users'),
	'finetune.watchRun': own(run),
	'finetune.estimateRun': own(training),
	'finetune.startRun': own(training),
	'finetune.runComparisons': own(run),
	'finetune.removeRun': own(run),
	'finetune.restoreRun': own(run),
	'finetune.watchAdapters': row('users'),
	'finetune.importAdapter': row('users', () => ({ uploadId: randomUUID(), fileName: 'a.gguf', modelId, name: 'Lesson' }), { answer: 'FILE_NOT_FOUND' }),
	'finetune.changeAdapter': own(() => ({ adapterId, name: 'Other' })),
	'finetune.exportAdapter': own(() => ({ adapterId })),
	'finetune.removeAdapter': own(() => ({ adapterId })),
	'finetune.restoreAdapter': own(() => ({ adapterId })),
	'finetune.mergeAdapter': row('admins', () => ({ adapterId, type: 'base', name: 'Merged' }), { answer: 'NOT_FOUND' }),

	'gateway.watch': row('admins'),
	'gateway.change': row('admins', { origins: [] }),
	'gateway.setCertificate': row('admins', { own: null }),

	'grading.preview': row('users', { source }),
	'grading.sendFiles': row('users', { pileId: null, files: [file] }),
	'grading.previewFiles': own(() => uli.client.grading.sendFiles({ pileId: null, files: [file] })),
	'grading.create': row('users', { fields, questions, source, mapping }),
	'grading.previewAddition': own(async () => ({ ...(await assignment()), source, mapping })),
	'grading.addAnswers': own(async () => ({ ...(await assignment()), source, mapping })),
	'grading.takeBackAdded': own(async () => {
		const { assignmentId } = await assignment();
		return { assignmentId, additionId: (await uli.client.grading.addAnswers({ assignmentId, source: late, mapping })).additionId };
	}),
	'grading.list': row('users'),
	'grading.countFeedback': row('users'),
	'grading.get': own(assignment),
	'grading.change': own(async () => ({ ...(await assignment()), fields: { title: 'Other' } })),
	'grading.remove': own(assignment),
	'grading.restore': own(assignment),
	'grading.answers': own(assignment),
	'grading.changeQuestion': own(async () => {
		const { id: assignmentId, questions: asked } = await uli.client.grading.get(await assignment());
		return { assignmentId, questionId: asked[0]?.id ?? '', fields: { points: 10 } };
	}),
	'grading.marksAfter': own(async () => {
		const { id: assignmentId, questions: asked } = await uli.client.grading.get(await assignment());
		return { assignmentId, questionId: asked[0]?.id ?? '', fields: { points: 10 } };
	}),
	'grading.suggestCheck': row('users', { text: '2+3×4', key: '' }),
	'grading.readsCheck': row('users', { kind: 'exact', accepted: ['14'] }),
	'grading.draftCost': row('users', () => ({ modelId, question: '2+3×4', key: '' })),
	'grading.draftRubric': row('users', { modelId: '', question: '2+3×4', key: '' }, { answer: 'NO_MODEL' }),
	'grading.history': own(answer),
	'grading.accept': own(async () => ({ ...(await assignment()), leastConfidence: 0.5 })),
	'grading.unaccept': own(async () => ({ ...(await assignment()), answerIds: [] })),
	'grading.watch': own(assignment),
	'grading.estimate': own(async () => ({ ...(await assignment()), modelId })),
	'grading.start': own(async () => ({ ...(await assignment()), modelId })),
	'grading.setMark': own(async () => ({ ...(await answer()), points: 50 })),
	'grading.clearMark': own(answer),
	'grading.unprintable': own(async () => ({ ...(await assignment()), counting: 'all' })),
	'grading.unsettled': own(assignment),
	'grading.export': own(async () => ({ ...(await assignment()), form: 'csv', language: 'en', counting: 'all' })),
	'grading.agreement': own(question),
	'grading.statistics': own(assignment),
	'grading.mistakes': own(question),
	'grading.likeAnswers': own(question),
	'grading.setMarks': own(async () => ({ ...(await assignment()), marks: [] })),
	'grading.comments': row('users'),
	'grading.addComment': row('users', { text: 'Well seen.' }),
	'grading.removeComment': own(async () => ({ commentId: (await uli.client.grading.addComment({ text: randomUUID() })).id })),

	'search.find': row('users', { words: 'moon' }),
	'jobs.list': row('users'),
	'jobs.watch': row('users'),
	'jobs.pause': own(job, 'JOB_STATE'),
	'jobs.resume': own(job, 'JOB_STATE'),
	'jobs.cancel': own(job, 'JOB_STATE'),
	'jobs.failedItems': own(job),
	'jobs.retry': own(job, 'JOB_STATE'),
	'jobs.runNext': own(job, 'JOB_STATE'),
	'jobs.dismiss': own(job),

	'ledger.watch': row('viewers'),
	'ledger.statement': row('viewers', {}),
	'ledger.exportStatement': row('viewers', {}),
	'ledger.balances': row('admins'),
	'ledger.statementOf': row('admins', () => ({ accountId: uli.accountId })),
	'ledger.exportStatementOf': row('admins', () => ({ accountId: uli.accountId })),
	'ledger.topUp': row('admins', () => ({ accountId: uli.accountId, requestId: randomUUID(), tokens: 1 })),
	'ledger.setAllowance': row('admins', () => ({ accountId: vera.accountId, isMetered: true, allowance: null })),
	'ledger.prices': row('admins'),
	'ledger.setPrice': row('admins', { task: 'convert', perMille: 1200, surcharge: 5 }),
	'ledger.use': row('admins', span),
	'ledger.exportUse': row('admins', span),

	'library.list': row('viewers'),
	'library.watch': row('viewers'),
	'library.importPath': row('admins', () => ({ path: `${stage.folder}/none.gguf` }), { answer: 'FILE_NOT_FOUND' }),
	'library.importUpload': row('admins', () => ({ uploadId: randomUUID(), fileName: 'none.gguf' }), { answer: 'FILE_NOT_FOUND' }),
	'library.stores': row('admins'),
	'library.importStored': row('admins', { ids: [none] }),
	'library.remove': row('admins', { modelIds: [none] }),
	'library.change': row('admins', () => ({ modelId, tags: ['test'] })),
	'library.refresh': row('admins', () => ({ modelId })),
	'library.relocate': row('admins', () => ({ modelId, path: `${stage.folder}/none.gguf` }), { answer: 'FILE_NOT_FOUND' }),
	'library.verify': row('admins', () => ({ modelIds: [modelId] })),
	'library.exportTo': row('admins', () => ({ modelIds: [modelId], folder: `${stage.folder}/none` }), { answer: 'FILE_NOT_FOUND' }),
	'library.importFrom': row('admins', () => ({ folder: `${stage.folder}/none` }), { answer: 'FILE_NOT_FOUND' }),
	'library.disk': row('viewers'),
	'library.addDemo': row('admins'),

	// Homeroom is set to stay offline here.
	'market.catalog': row('viewers'),
	'market.search': row('users', { query: 'small' }, { answer: 'OFFLINE' }),
	'market.show': row('users', { source: 'huggingface', name: 'owner/model' }, { answer: 'OFFLINE' }),
	'market.plan': row('users', chosen, { answer: 'OFFLINE' }),
	'market.download': row('admins', chosen, { answer: 'OFFLINE' }),
	'market.repair': row('admins', () => ({ modelId }), { answer: 'NOT_REPAIRABLE' }),
	'market.watch': row('users'),
	'market.testConnection': row('admins', { source: 'huggingface' }, { answer: 'OFFLINE' }),
	'market.token': row('admins'),
	'market.setToken': row('admins', { token: null }),

	'outbound.list': row('admins', {}),
	'outbound.hosts': row('admins'),
	'outbound.exportCsv': row('admins', {}),
	'monitor.watch': row('admins'),
	'monitor.history': row('admins', { span: 'hour' }),
	'monitor.refusals': row('admins'),
	'monitor.logs': row('admins', {}),
	'routes.offered': row('viewers'),
	'routes.watch': row('admins'),
	'routes.create': row('admins', () => ({ name: randomUUID() })),
	'routes.change': row('admins', async () => ({ ...(await madeRoute()), name: randomUUID() })),
	'routes.remove': row('admins', () => madeRoute()),
	'routes.check': row('admins', () => madeRoute()),

	'settings.get': row('viewers'),
	'settings.watch': row('viewers'),
	'settings.set': row('viewers', { theme: 'dark' }),

	'shell.errands': row('viewers', undefined, { answer: 'NOT_HERE' }),
	'shell.print': row('viewers', undefined, { answer: 'NOT_HERE' }),
	'shell.savePdf': row('viewers', { name: 'Tides' }, { answer: 'NOT_HERE' }),
	'shell.recentFiles': row('viewers', undefined, { answer: 'NOT_HERE' }),
	'shell.reopenFile': row('viewers', { id: none }, { answer: 'NOT_HERE' }),
	'shell.forgetFiles': row('viewers', undefined, { answer: 'NOT_HERE' }),
	'shell.crashes': row('admins'),
	'shell.removeCrashes': row('admins', { ids: [none] }),
	'shell.takeErrand': row('viewers', { id: none }, { answer: 'NOT_HERE' }),

	'subtitles.preview': row('users', film),
	'subtitles.create': row('users', { fields: filmFields, source: film }),
	'subtitles.film': row('admins', () => ({ path: `${stage.folder}/none.mkv` }), { answer: 'FILE_NOT_FOUND' }),
	'subtitles.filmFont': row('admins', () => ({ path: `${stage.folder}/none.mkv`, at: 0 }), { answer: 'FILE_NOT_FOUND' }),
	'subtitles.createFromFilm': row('admins', () => ({ fields: filmFields, path: `${stage.folder}/none.mkv`, trackId: 1 }), { answer: 'FILE_NOT_FOUND' }),
	'subtitles.listen': row('admins', () => ({ fields: filmFields, path: `${stage.folder}/none.mkv`, modelFolder: stage.folder }), { answer: 'FILE_NOT_FOUND' }),
	'subtitles.list': row('users'),
	'subtitles.get': own(project),
	'subtitles.change': own(async () => ({ ...(await project()), fields: { title: 'Other' } })),
	'subtitles.remove': own(project),
	'subtitles.retime': own(async () => ({ ...(await project()), order: { kind: 'shift', byMs: 40 } })),
	'subtitles.report': own(project),
	'subtitles.saveReport': own(async () => ({ ...(await project()), form: 'csv', language: 'en' })),
	'subtitles.restore': own(project),
	'subtitles.cues': own(project),
	'subtitles.watch': own(project),
	'subtitles.edit': own(async () => {
		const { projectId, cueId } = await cue();
		return { projectId, changes: [{ cueId, target: 'Hallo' }] };
	}),
	'subtitles.replace': own(async () => ({ ...(await project()), find: 'a', by: 'b' })),
	'subtitles.undo': own(project),
	'subtitles.redo': own(project),
	'subtitles.versions': own(cue),
	'subtitles.estimate': own(async () => ({ projectIds: [(await project()).projectId], modelId })),
	'subtitles.start': own(async () => ({ projectIds: [(await project()).projectId], modelId })),
	'subtitles.retranslate': own(async () => ({ ...(await cue()), modelId })),
	'subtitles.memoryHits': own(cue),
	'subtitles.save': own(async () => ({ ...(await project()), format: 'srt' })),
	'subtitles.glossaries': row('users'),
	'subtitles.createGlossary': row('users', { name: 'Season 1' }),
	'subtitles.renameGlossary': own(async () => ({ ...(await glossary()), name: 'Other' })),
	'subtitles.removeGlossary': own(glossary),
	'subtitles.terms': own(glossary),
	'subtitles.addTerms': own(async () => ({ ...(await glossary()), terms: [{ source: 'Ada', target: 'Ada' }] })),
	'subtitles.changeTerm': own(async () => ({ ...(await term()), fields: { target: 'Ada' } })),
	'subtitles.settleTerms': own(async () => ({ ...(await glossary()), termIds: ['none'], state: 'refused' })),
	'subtitles.removeTerm': own(term),
	'subtitles.importTerms': own(async () => ({ ...(await glossary()), file: new File(['ship,Schiff'], 'terms.csv') })),
	'subtitles.saveTerms': own(glossary),

	'system.info': row('viewers'),
	'system.licences': row('viewers'),
	'system.pickModelFile': row('admins', undefined, { answer: 'NOT_HERE' }),
	'system.openLink': row('viewers', { url: 'https://example.org' }, { answer: 'NOT_HERE' }),
	'system.showDataFolder': row('admins', undefined, { answer: 'NOT_HERE' }),

	'updates.watch': row('admins'),
	'updates.look': row('admins', undefined, { answer: 'NOT_HERE' }),
	'updates.fetch': row('admins', undefined, { answer: 'NOT_HERE' }),
	'updates.stop': row('admins', undefined, { answer: 'NOT_HERE' }),
	'updates.install': row('admins', undefined, { answer: 'NOT_HERE' }),
	'updates.goBack': row('admins', undefined, { answer: 'NOT_HERE' }),
};

const procedures = Object.entries(contract).flatMap(([feature, part]) =>
	Object.entries(part).map(([name, procedure]) => ({ path: `${feature}.${name}`, procedure })),
);

beforeAll(async () => {
	stage = await openApp();
	const { olga } = stage;
	[vera, uli, otto] = [await stage.member('Vera', 'viewer'), await stage.member('Uli', 'user'), await stage.member('Otto', 'user')];
	await olga.client.ledger.setAllowance({ accountId: uli.accountId, isMetered: false, allowance: null });
	await olga.client.settings.set({ offline: true });
	modelId = (await addTestModel(olga.client, stage.folder)).id;
	await olga.client.engine.load({ modelId, wishes: { contextTokens: 2048, parallel: 2 } });
	for await (const deployments of await olga.client.engine.watch()) if (deployments.some(({ state }) => state === 'running')) break;
	adapterId = await importAdapter();
});
afterAll(() => stage.close());

function memberOf(caller: Caller): Member | null {
	const members = { nobody: null, viewer: vera, user: uli, other: otto, admin: stage.olga, key: null };
	return members[caller];
}

/** What a row says each caller gets. */
function expected({ for: who, answer, own: isOwn }: Row): Answers {
	const lowest = { all: 0, viewers: 1, users: 2, admins: 3 }[who];
	const ofRank = (rank: number, given: string) => (rank < lowest ? (rank === 0 ? 'NOT_SIGNED_IN' : 'FORBIDDEN') : given);
	const others = isOwn ? 'NOT_FOUND' : answer;
	return {
		nobody: ofRank(0, answer),
		viewer: ofRank(1, others),
		user: ofRank(2, answer),
		other: ofRank(2, others),
		admin: ofRank(3, others),
		// Made for another feature than this one.
		key: who === 'all' ? answer : 'FORBIDDEN',
	};
}

async function principalOf(caller: Caller, path: string, ends: boolean): Promise<Principal | null> {
	if (caller === 'key') return await stage.keyOf(uli, [path.startsWith('jobs.') ? 'ledger' : 'jobs']);
	return (await memberOf(caller)?.principal(ends)) ?? null;
}

/** Calls a procedure; of a stream the first value. What went wrong is answered as its caller sees it. */
async function call(principal: Principal | null, path: string, input: unknown): Promise<{ code: string; seen: unknown }> {
	const [feature = '', name = ''] = path.split('.');
	// The path is one of the contract's, and the row's input what its procedure takes; TypeScript cannot follow a path.
	const features = stage.clientOf(async () => principal) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
	try {
		const output = await features[feature]?.[name]?.(input);
		if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output) {
			// A stream of the contract.
			const stream = output as AsyncIterableIterator<unknown>;
			await stream.next();
			await stream.return?.();
		}
		return { code: 'ok', seen: null };
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		return { code: String(error.code), seen: JSON.parse(JSON.stringify(error)) };
	}
}

test('U7 every procedure of the contract has a row in the table', () => {
	expect(procedures.map(({ path }) => path).sort()).toEqual(Object.keys(table).sort());
});

test.each(Object.entries(table))('U7 %s answers each caller as the table says', async (path, line) => {
	const answers: Partial<Answers> = {};
	for (const caller of callers) {
		const input = await line.input(caller);
		const principal = await principalOf(caller, path, line.ends);
		answers[caller] = (await call(principal, path, input)).code;
	}
	expect(answers).toEqual(expected(line));
});

test.each(Object.entries(table).filter(([, { own: isOwn }]) => isOwn))('U7 %s tells nobody that another has such a thing', async (path, line) => {
	const input = (await line.input('user')) as Record<string, unknown>;
	const absent = Object.fromEntries(
		Object.entries(input).map(([name, value]) => [
			name,
			/^(conversation|message|assignment|answer|question|dataset|version|run|adapter|job|key|session|comment|pile|project|cue|glossary|term|preset|conversion|file|thing)Id$/.test(
				name,
			)
				? none
				: name === 'projectIds'
					? [none]
					: value,
		]),
	);
	expect(absent).not.toEqual(input);
	for (const member of [otto, stage.olga]) {
		const [there, notThere] = [await call(await member.principal(), path, input), await call(await member.principal(), path, absent)];
		expect(there.code).toBe('NOT_FOUND');
		expect(there).toEqual(notThere);
	}
});

test('U7 a key opens what it was made for, within its owner’s role', async () => {
	const principal = await stage.keyOf(uli, ['chat', 'library']);
	const codes = async (paths: [string, unknown][]) => Promise.all(paths.map(async ([path, input]) => (await call(principal, path, input)).code));
	expect(
		await codes([
			['chat.list', undefined],
			['library.list', undefined],
			['library.stores', undefined],
			['jobs.list', undefined],
			['accounts.me', undefined],
		]),
	).toEqual([...['ok', 'ok', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']]);
});

test('U7 the machine’s settings are an administrator’s', async () => {
	await expect(otto.client.settings.set({ theme: 'dark', offline: false })).rejects.toMatchObject({ code: 'FORBIDDEN' });
	expect((await otto.client.settings.get()).offline).toBe(true);
});

/** Procedures that name a model for another purpose than to use it. */
const namesOnly = ['ledger.statement', 'ledger.exportStatement'];

test('U7 every procedure for others than administrators that names a model declares it', () => {
	const undeclared = procedures.filter(({ path, procedure }) => {
		const { meta, inputSchema } = procedure['~orpc'] as unknown as { meta: Declared; inputSchema?: z.ZodType };
		const shape = inputSchema && 'shape' in inputSchema ? inputSchema.shape : {};
		const names = Object.keys(shape as object).filter((name) => /^modelIds?$/.test(name));
		return meta.requires !== 'admin' && names.length > 0 && meta.model !== names[0] && !namesOnly.includes(path);
	});
	expect(undeclared.map(({ path }) => path)).toEqual([]);
});

test('U7 a model that is not somebody’s to use is as good as not there, also where it was chosen before', async () => {
	const mine = await stage.member('Mona', 'user');
	const { olga } = stage;
	await olga.client.ledger.setAllowance({ accountId: mine.accountId, isMetered: false, allowance: null });
	const { id: conversationId } = await mine.client.chat.create({ modelId });
	const { id: assignmentId } = await mine.client.grading.create({ fields, questions, source, mapping });
	const [deployment] = await firstOf(await mine.client.engine.watch());
	await olga.client.accounts.change({ accountId: mine.accountId, modelIds: [] });

	const order = await training();
	const naming: Record<string, (modelId: string) => object> = {
		'engine.plan': (id) => ({ modelId: id }),
		'engine.load': (id) => ({ modelId: id }),
		'engine.countTokens': (id) => ({ modelId: id, text: 'Hello' }),
		'chat.create': (id) => ({ modelId: id }),
		'finetune.datasetTokens': (id) => ({ versionId: none, modelId: id }),
		'finetune.estimateRun': (id) => ({ ...order, modelId: id }),
		'finetune.startRun': (id) => ({ ...order, modelId: id }),
		'finetune.importAdapter': (id) => ({ uploadId: randomUUID(), fileName: 'a.gguf', name: 'Lesson', modelId: id }),
		'chat.change': (id) => ({ conversationId, modelId: id }),
		'grading.estimate': (id) => ({ assignmentId, modelId: id }),
		'grading.start': (id) => ({ assignmentId, modelId: id }),
	};
	for (const [path, input] of Object.entries(naming)) {
		const there = await call(await mine.principal(), path, input(modelId));
		expect([path, there.code]).toEqual([path, 'NOT_FOUND']);
		expect(there).toEqual(await call(await mine.principal(), path, input(none)));
	}
	expect(await codeOf(mine.client.chat.send({ conversationId, parentId: null, text: 'Hello' }))).toBe('NO_MODEL');
	expect(await codeOf(mine.client.engine.unload({ deploymentId: deployment?.id ?? '' }))).toBe('NOT_FOUND');
	expect(await mine.client.library.list()).toEqual([]);
	expect(await firstOf(await mine.client.library.watch())).toEqual([]);
	expect(await firstOf(await mine.client.engine.watch())).toEqual([]);
	expect((await mine.client.market.catalog()).filter((entry) => entry.modelId !== null)).toEqual([]);

	await olga.client.accounts.change({ accountId: mine.accountId, modelIds: [modelId] });
	expect((await mine.client.library.list()).map(({ id }) => id)).toEqual([modelId]);
	expect(await codeOf(mine.client.engine.plan({ modelId }))).toBe('ok');
});

test('I1 a user ends nobody’s answer, loads nothing that does not fit and names no file of the machine; an administrator does', async () => {
	const { olga } = stage;
	// One that never ends by itself, so that it is at work when it is unloaded.
	const file = path.join(stage.folder, 'endless.gguf');
	await writeTestModel(file, { endless: true });
	const { models } = await olga.client.library.importPath({ path: file, mode: 'inPlace' });
	const busyId = models[0]?.id ?? '';
	await olga.client.engine.load({ modelId: busyId, wishes: { contextTokens: 2048 } });
	const { id: conversationId } = await uli.client.chat.create({ modelId: busyId });
	await uli.client.chat.change({ conversationId, settings: { maxTokens: 1500 } });
	const messageId = (await uli.client.chat.send({ conversationId, parentId: null, text: 'Hello' })).messages.at(-1)?.id ?? '';
	const answer = await uli.client.chat.watch({ messageId });
	await answer.next();
	const loaded = async () => (await firstOf(await olga.client.engine.watch())).find((deployment) => deployment.modelId === busyId)?.id;
	const deploymentId = (await loaded()) ?? '';
	expect(await codeOf(otto.client.engine.unload({ deploymentId }))).toBe('MODEL_IN_USE');
	expect(await codeOf(otto.client.engine.load({ modelId: busyId, anyway: true }))).toBe('FORBIDDEN');
	expect(await loaded()).toBe(deploymentId);
	await olga.client.engine.unload({ deploymentId });
	expect(await loaded()).toBeUndefined();
	await olga.client.library.remove({ modelIds: [busyId] });
});

test('U7 what an administrator does, and what is refused, is in the audit log by name', async () => {
	const list = async (act: string | null) => (await stage.olga.client.audit.list({ act, limit: 500 })).entries;
	// What was done at the beginning lies behind more refusals than are listed at once.
	const entries = [...(await list(null)), ...(await list('settings')), ...(await list('accounts')), ...(await list('ledger'))];
	const acts = new Set(entries.filter(({ result }) => result === 'ok').map(({ act }) => act));
	for (const act of ['accounts.create', 'accounts.change', 'accounts.remove', 'ledger.topUp', 'library.remove', 'settings.set', 'engine.load', 'signIn'])
		expect(acts).toContain(act);
	expect(entries).toContainEqual(expect.objectContaining({ accountName: 'Otto', act: 'settings.set', subject: 'offline', result: 'FORBIDDEN', origin: '::1' }));
	expect(JSON.stringify(entries)).not.toContain(password);
	expect(await stage.olga.client.audit.verify()).toMatchObject({ brokenAt: null });
	expect(stage.logged.filter((line) => line.includes('a handler failed'))).toEqual([]);
});

async function firstOf<T>(stream: AsyncIterable<T>): Promise<T> {
	for await (const value of stream) return value;
	throw new Error('a stream ended before it began');
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => 'ok',
		(error: { code?: unknown }) => error.code,
	);
}
