import { z } from 'zod';
import { attachedAdapter } from '#contract/attachedAdapter.ts';
import { assignmentFields, question } from '#contract/grading.ts';
import { basisOf } from './basisOf.ts';
import type { Asked } from './gradePrompt.ts';

const current = z.strictObject({
	assignmentId: z.string(),
	modelId: z.string(),
	adapter: attachedAdapter.nullable(),
	passes: z.union([z.literal(1), z.literal(2)]),
	/** Whether the model is shown what the teacher gave for like answers. */
	withMarks: z.boolean(),
	/** In epoch milliseconds. */
	queuedAt: z.number(),
	...assignmentFields.pick({ subject: true, gradeLevel: true, feedbackLanguage: true }).shape,
	questions: z.array(question),
});

/** As jobs had it when an assignment was one question. */
const ofOneQuestion = z
	.strictObject({
		assignmentId: z.string(),
		modelId: z.string(),
		adapter: attachedAdapter.nullable().default(null),
		fields: assignmentFields
			.pick({ subject: true, gradeLevel: true, feedbackLanguage: true })
			.extend({ title: z.string(), question: z.string(), key: z.string() }),
	})
	.transform(({ fields: { subject, gradeLevel, feedbackLanguage, question: text, key }, ...rest }): GradeSpec => {
		const only = { id: rest.assignmentId, name: '1', text, key, points: 100, check: { kind: 'none' as const }, rubric: [] };
		return { ...rest, passes: 1, withMarks: false, queuedAt: 0, subject, gradeLevel, feedbackLanguage, questions: [only] };
	});

/** What a class is graded by, as it was when the job was queued: changes that the teacher makes later do not reach half a class. */
export type GradeSpec = z.infer<typeof current>;

/** Reads a job's order, also that of an earlier Homeroom. */
export function readGradeSpec(spec: unknown): GradeSpec {
	return z.union([current, ofOneQuestion]).parse(spec);
}

/** What the model is asked, by question. */
export function askedBy({ subject, gradeLevel, feedbackLanguage, questions }: GradeSpec): Map<string, Asked> {
	return new Map(questions.map(({ id, text, key, rubric }) => [id, { subject, gradeLevel, feedbackLanguage, question: text, key, rubric }]));
}

/** The basis of each question (basisOf.ts). */
export function basisBy({ questions }: GradeSpec): Map<string, string> {
	return new Map(questions.map((each) => [each.id, basisOf(each)]));
}
