import { beforeEach, expect, test, vi } from 'vitest';
import type { AdditionPreview } from '#contract/addition.ts';
import { failure } from '#contract/errors.ts';
import { AdditionForm, costOfAddition, countReplaced } from './AdditionForm.ts';
import { answersIn } from './answersIn.ts';

const app = vi.hoisted(() => ({ preview: vi.fn(), previewAddition: vi.fn(), addAnswers: vi.fn() }));
// What answers is the app in another process; what is tried here is what the form makes of its answers.
vi.mock('../../rpc/client.ts', () => ({ client: { grading: app } }));

const mapping = { layout: 'wide' as const, studentId: null, studentNames: [], studentClass: null, answers: answersIn(['a', 'b'], []) };
const difference = (answerId: string, tokens: number) => ({ answerId, tokens }) as AdditionPreview['differences'][number];
const compared = {
	...{ places: ['light', null], newStudents: 1, knownStudents: 1, answersOfNew: 1, filled: 0, filledMarked: 0, same: 0, differ: 3, leftOut: 0 },
	...{ differences: [difference('one', 10), difference('two', 20)], notes: [], moreNotes: 0, tokens: { added: 100, differing: 70 } },
};
const source = { text: 'a,b\n1,2' };
let form: AdditionForm;

beforeEach(async () => {
	app.preview.mockReset().mockResolvedValue({ mapping, questions: [] });
	app.previewAddition.mockReset().mockResolvedValue(compared);
	app.addAnswers.mockReset().mockResolvedValue({ additionId: 'it', newStudents: 1, filled: 0, replaced: 0 });
	form = new AdditionForm('class');
	await form.answers.setSource(source);
	await form.compare('model');
});

test('what is read goes by the headings of the class, and is compared with it', () => {
	expect(app.preview).toHaveBeenCalledExactlyOnceWith({ source, likeAssignmentId: 'class' });
	expect(app.previewAddition.mock.lastCall?.[0]).toEqual({ assignmentId: 'class', source, mapping, modelId: 'model' });
	expect(form.use.getState().compared).toBe(compared);
});

test('a question of the class is answered by one column alone', async () => {
	form.place(1, 'light');
	expect(form.use.getState()).toMatchObject({ places: [null, 'light'], compared: null });
	await form.compare('model');
	expect(app.previewAddition.mock.lastCall?.[0]).toMatchObject({ places: [null, 'light'] });
	await form.answers.readWith({ mapping });
	expect(form.use.getState()).toMatchObject({ places: null, compared: null });
});

test('only what is ticked is replaced and counted, all of it also where it is not shown', async () => {
	const said = () => [countReplaced(form.use.getState()), costOfAddition(form.use.getState())];
	expect(said()).toEqual([0, 100]);
	form.replace('two', true);
	expect(said()).toEqual([1, 120]);
	form.replaceAll(true);
	expect(said()).toEqual([3, 170]);
	await form.add();
	expect(app.addAnswers.mock.lastCall?.[0]).toEqual({ assignmentId: 'class', source, mapping, places: compared.places, replace: 'all' });
	form.replace('one', false);
	expect(said()).toEqual([1, 120]);
	await form.add();
	expect(app.addAnswers.mock.lastCall?.[0]).toMatchObject({ replace: ['two'] });
});

test('the answer to an earlier comparison is passed over, and a refusal is kept with what was chosen', async () => {
	const { promise: slow, resolve } = Promise.withResolvers<unknown>();
	app.previewAddition.mockReturnValueOnce(slow).mockResolvedValueOnce({ ...compared, newStudents: 9 });
	const first = form.compare('slow');
	await form.compare('quick');
	resolve({ ...compared, newStudents: 5 });
	await first;
	expect(form.use.getState().compared?.newStudents).toBe(9);
	app.addAnswers.mockRejectedValue(failure('JOB_STATE', { state: 'running' }));
	form.replace('one', true);
	expect(await form.add()).toBeNull();
	expect(form.use.getState()).toMatchObject({ error: { code: 'JOB_STATE' }, isAdding: false, source });
	expect(countReplaced(form.use.getState())).toBe(1);
});
