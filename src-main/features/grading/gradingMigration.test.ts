import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { firstMigrations } from '../../platform/database/temporaryDatabase.ts';
import { mappingOf, openGradingStage } from './openGradingStage.test-support.ts';
import { assignment as assignmentTable } from './schema.ts';

const log = pino({ enabled: false });
const folder = mkdtempSync(join(tmpdir(), 'homeroom-grading-migration-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a class of one question keeps its question, answers, proposals and marks, nothing is outdated, and it can be gone on with', async () => {
	const old = openDatabase({ file: join(folder, 'homeroom.db'), migrationsFolder: firstMigrations(4, folder), log });
	old.db.$client.exec(`
		insert into assignment (id, owner_id, title, subject, question, "key", grade_level, feedback_language, columns, mapping, created_at)
			values ('a', 'ann', 'Light', 'Physics', 'What is light?', 'A wave.', 'Year 8', 'en', '["id","answer"]', '{"studentId":"id","studentName":null,"answer":"answer"}', 1);
		insert into submission values ('s1', 'a', 2, '7', 'Ann', 'A wave.', '["7","A wave."]', 'graded', null);
		insert into submission values ('s3', 'a', 4, '9', 'Cy', 'Rays.', '["9","Rays."]', 'graded', null);
		insert into proposal (id, submission_id, score, feedback, suggestions, model_name, tokens, created_at) values ('p3', 's3', 40, 'Some.', '[]', 'Tiny', 99, 3);
		insert into mark values ('s3', 40, 'Some.', 4);
		insert into submission values ('s2', 'a', 3, '8', 'Bob', '', '["8",""]', 'waiting', null);
		insert into proposal (id, submission_id, score, feedback, suggestions, model_name, tokens, created_at) values ('p1', 's1', 80, 'Early.', '[]', 'Tiny', 99, 3);
		insert into proposal (id, submission_id, score, feedback, suggestions, model_name, tokens, charged, created_at) values ('p2', 's1', 85, 'Good.', '["More."]', 'Tiny', 99, 218, 3);
		insert into mark values ('s1', 90, 'Well seen.', 4);`);
	old.close();

	const stage = await openGradingStage(folder);
	const [kept] = stage.db.select({ mapping: assignmentTable.mapping }).from(assignmentTable).where(everyOwner(assignmentTable)).all();
	expect(kept?.mapping).toEqual({ ...mappingOf(['answer']), answers: [{ ...mappingOf(['answer']).answers[0], questionName: '1' }] });
	const [assignment] = stage.grading.list('ann');
	expect(assignment).toMatchObject({
		...{ title: 'Light', className: '', subject: 'Physics', gradeLevel: 'Year 8', feedbackLanguage: 'en', blind: false },
		questions: [{ id: 'a', name: '1', text: 'What is light?', key: 'A wave.', points: 100, check: { kind: 'none' }, rubric: [] }],
		counts: { students: 3, answers: 3, unanswered: 1, graded: 2, outdated: 0, failed: 0, marked: 2 },
	});
	const [first, second, third] = stage.grading.answers('ann', 'a');
	// What was taken over as it was proposed is no mark of one's own.
	expect([first?.mark?.accepted, third?.mark?.accepted]).toEqual([false, true]);
	expect(first).toMatchObject({
		...{ id: 's1', questionId: 'a', submissionId: 's1', row: 2, studentId: '7', studentName: 'Ann', text: 'A wave.', status: 'graded' },
		proposal: { points: 85, outOf: 100, verdicts: [], feedback: 'Good.', suggestions: ['More.'], isOutdated: false, charged: 218 },
		mark: { points: 90, feedback: 'Well seen.', updatedAt: 4 },
	});
	expect(second).toMatchObject({ text: '', status: 'waiting', proposal: null, mark: null });
	expect(stage.grading.history('ann', 's1').proposals.map(({ points }) => points)).toEqual([85, 80]);
	const table = await stage.grading.report.export('ann', 'a', { form: 'csv', language: 'en', counting: 'all' });
	expect(new TextDecoder().decode(table.bytes)).toContain('7,A wave.,90,Well seen.,,teacher');
	// Other points alone are added up anew; other words are another matter.
	expect((await stage.grading.changeQuestion('ann', 'a', 'a', { points: 10 })).counts.outdated).toBe(0);
	expect(stage.grading.answers('ann', 'a')[0]).toMatchObject({ proposal: { points: 8.5, outOf: 10 }, mark: { points: 9 } });
	expect((await stage.grading.changeQuestion('ann', 'a', 'a', { key: 'A wave and a particle.' })).counts.outdated).toBe(2);
	await stage.close();
});
