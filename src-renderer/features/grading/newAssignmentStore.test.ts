import { beforeEach, expect, test, vi } from 'vitest';
import type { Inputs, Outputs } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import { answersIn } from './answersIn.ts';
import { clearForm, createAssignment, isFormUntouched, newAnswers, setFields, setQuestion, useNewAssignment } from './newAssignmentStore.ts';

const { setSource, readWith: readTableWith } = newAnswers;

type Preview = Outputs['grading']['preview'];

const app = vi.hoisted(() => ({ preview: vi.fn(), sendFiles: vi.fn(), previewFiles: vi.fn(), create: vi.fn() }));
// What answers is the app in another process; what is tried here is what the form makes of its answers.
vi.mock('../../rpc/client.ts', () => ({ client: { grading: app } }));

const mappingOf = (...columns: string[]) => {
	return { layout: 'wide' as const, studentId: null, studentNames: [], studentClass: null, answers: answersIn(columns, []) };
};
const previewOf = (...headings: string[]): Preview => ({
	...{
		encoding: 'utf-8',
		delimiter: ',',
		sheets: [],
		sheet: null,
		headerRow: 1,
		firstRows: [],
		origin: null,
		classes: [],
		columns: headings,
		sample: [],
		rowCount: 3,
		studentCount: 3,
		problems: [],
	},
	mapping: mappingOf(...headings),
	questions: headings.map((heading) => ({ heading, name: heading, text: '', key: '', points: null })),
});
const texts = () => useNewAssignment.getState().questions.map(({ name, text }) => [name, text]);
const write = (at: number, text: string) => setQuestion(at, (draft) => ({ ...draft, text }));

beforeEach(() => {
	clearForm();
	app.preview.mockReset().mockImplementation(async ({ mapping: wished }: Inputs['grading']['preview']) => {
		return previewOf(...(wished?.layout === 'wide' ? wished.answers.map(({ column }) => column) : ['answer']));
	});
	app.create.mockReset().mockResolvedValue({ id: 'made' });
});

test('a question that was typed before the table came is kept, and made with the table', async () => {
	write(0, 'Why?');
	await setSource({ text: 'answer\nbecause' });
	expect(texts()).toEqual([['answer', 'Why?']]);
	expect(await createAssignment()).toEqual({ id: 'made' });
	expect(app.create).toHaveBeenCalledExactlyOnceWith({
		fields: { title: 'Why?', className: '', subject: '', gradeLevel: '', feedbackLanguage: 'auto', blind: true },
		questions: [{ name: 'answer', text: 'Why?', key: '', points: 100, check: { kind: 'none' }, rubric: [] }],
		source: { text: 'answer\nbecause' },
		mapping: mappingOf('answer'),
	});
	expect(isFormUntouched(useNewAssignment.getState())).toBe(true);
});

test('nothing is made while a question of several lacks its text', async () => {
	write(0, 'One?');
	await setSource({ text: 'Q1,Q2' });
	await readTableWith({ mapping: mappingOf('Q1', 'Q2') });
	expect(await createAssignment()).toBeNull();
	expect(app.create).not.toHaveBeenCalled();
});

test('a look at the table that comes late is passed over', async () => {
	let answerFirst = (_preview: Preview) => {};
	app.preview.mockImplementationOnce(() => new Promise((resolve) => (answerFirst = resolve)));
	const first = setSource({ text: 'old' });
	await setSource({ text: 'new' });
	answerFirst(previewOf('from the old one'));
	await first;
	expect(texts()).toEqual([['answer', '']]);
});

test('a suggested check goes with the text that it was suggested by', async () => {
	setQuestion(0, (draft) => ({ ...draft, text: '2+3?', key: '5', check: { kind: 'exact', accepted: ['5'] }, suggestedBy: '2+3?\n5' }));
	await setSource({ text: 'answer\n5' });
	setQuestion(0, (draft) => ({ ...draft, key: '6' }));
	await createAssignment();
	expect(app.create.mock.lastCall?.[0].questions).toMatchObject([{ key: '6', check: { kind: 'none' } }]);
});

test('an emptied form comes back as it was', async () => {
	write(0, 'Why?');
	const bringBack = clearForm();
	expect(texts()).toEqual([['', '']]);
	bringBack();
	expect(texts()).toEqual([['', 'Why?']]);
});

test('files are sent once, read with their progress shown, and sent anew where the app has them no more', async () => {
	const seen: unknown[] = [];
	useNewAssignment.subscribe(({ progress }) => seen.push(progress));
	app.sendFiles.mockImplementation(async () => ({ pileId: `pile ${app.sendFiles.mock.calls.length}` }));
	app.previewFiles.mockImplementation(async function* () {
		yield { read: 1, files: 2 };
		yield { preview: { ...previewOf('1'), classes: ['5A'] } };
	});
	app.create.mockRejectedValueOnce(failure('NOT_FOUND', { what: 'files' }));
	const file = { file: new File(['x'], 'Ada.txt'), fileName: 'Ada.txt' };
	await setSource({ files: [file, file] });
	expect(seen).toContainEqual({ stage: 'sent', done: 2, files: 2 });
	expect(seen).toContainEqual({ stage: 'read', done: 1, files: 2 });
	expect(useNewAssignment.getState()).toMatchObject({ preview: { columns: ['1'] }, progress: null, isReading: false, fields: { className: '5A' } });
	write(0, 'Why?');
	expect(await createAssignment()).toEqual({ id: 'made' });
	expect(app.create.mock.calls.map(([{ source }]) => source)).toEqual([{ pileId: 'pile 1' }, { pileId: 'pile 2' }]);
});

test('the class that a table names is the assignment’s as long as that table is, and never in place of what was written', async () => {
	const className = () => useNewAssignment.getState().fields.className;
	app.preview.mockImplementation(async ({ sheet }: Inputs['grading']['preview']) => ({
		...previewOf('answer'),
		classes: sheet === '5B' ? ['5B', '5C'] : ['5A'],
	}));
	await setSource({ text: 'answer' });
	expect(className()).toBe('5A');
	await readTableWith({ sheet: '5B' });
	expect(className()).toBe('');
	await readTableWith({ sheet: '5A' });
	await setSource(null);
	expect(className()).toBe('');
	setFields({ className: 'Mine' });
	await setSource({ text: 'answer' });
	expect(className()).toBe('Mine');
});
