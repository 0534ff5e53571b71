import { expect, test, vi } from 'vitest';
import type { Assignment } from '#contract/grading.ts';
import { answerOf, question } from './answerOf.test-support.ts';
import { useDesk } from './deskStore.ts';
import { fulfil } from './useDeskKeys.ts';

vi.mock('../../rpc/client.ts', () => ({ client: {}, countBreaks: () => 0, whenConnected: async () => {} }));

test('a step through the class takes the keyboard from the button that was pressed before, so that Enter opens the points', () => {
	const focus = vi.fn();
	vi.stubGlobal('document', { getElementById: (id: string) => (id === 'desk' ? { focus } : null) });
	const shown = [answerOf(1), answerOf(2)];
	const assignment: Assignment = {
		...{ id: 'c', title: 'c', className: '', subject: '', gradeLevel: '', feedbackLanguage: 'auto', blind: false },
		...{ questions: [question], modelId: null, adapter: null, job: null, createdAt: 1 },
		counts: { students: 2, answers: 2, unanswered: 0, graded: 0, outdated: 0, failed: 0, marked: 0 },
	};
	const desk = { assignment, shown, selected: shown[0] ?? null, question };
	fulfil({ kind: 'move', by: 1 }, desk);
	expect([useDesk.getState().selected?.answerId, focus.mock.calls.length]).toEqual(['a2', 1]);
	// The field takes the keyboard itself.
	fulfil({ kind: 'edit', field: 'points' }, { ...desk, selected: shown[1] ?? null });
	expect([useDesk.getState().editing?.answerId, focus.mock.calls.length]).toEqual(['a2', 1]);
	vi.unstubAllGlobals();
});
