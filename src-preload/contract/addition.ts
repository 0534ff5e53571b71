import { z } from 'zod';

/** At most so many answers that differ, and so much of each, are shown before they are added. */
export const additionLimits = { differences: 200, told: 200, characters: 1000 };

/**
 * What is told of a student of whom something is to be added, before it is. `several`: more than one student of the class have this number, or without
 * one this name; `repeated`: more than one here have. Both are left out, since whose the answers are would be guessed. `nameDiffers`: the number is that of a
 * student with another name, who gets the answers. `nameKnown`: a student of the class has the same name and another number; this one is new.
 */
export const additionNote = z.strictObject({
	code: z.enum(['several', 'repeated', 'nameDiffers', 'nameKnown']),
	/** Of the table that is added; of files they are named, and the row says nothing. */
	row: z.number().int(),
	fileName: z.string().nullable(),
	number: z.string(),
	name: z.string(),
	/** What the student of the class is called, where that is another name. */
	otherName: z.string(),
});
export type AdditionNote = z.infer<typeof additionNote>;

/** An answer that a class has and that is different in what is added. It stays as it is unless it is asked to be replaced. */
export const answerDifference = z.strictObject({
	answerId: z.string(),
	submissionId: z.string(),
	questionId: z.string(),
	studentId: z.string(),
	studentName: z.string(),
	/** Both no longer than `additionLimits.characters`. */
	before: z.string(),
	after: z.string(),
	isProposed: z.boolean(),
	isMarked: z.boolean(),
	/** About what grading the new one would cost; null where no model is named. */
	tokens: z.number().int().nullable(),
});
export type AnswerDifference = z.infer<typeof answerDifference>;

/** What adding a table or files to a class would do. */
export const additionPreview = z.object({
	/** For each question of what is added, in its order: the question of the class that it answers; null: none, and it is left out. */
	places: z.array(z.string().nullable()),
	newStudents: z.number().int(),
	/** Students of the class who are in it. */
	knownStudents: z.number().int(),
	/** Answers of new students, and empty ones of known students, that would hold something. */
	answersOfNew: z.number().int(),
	filled: z.number().int(),
	/** Of those filled, the ones that have a mark, which was given for nothing. */
	filledMarked: z.number().int(),
	same: z.number().int(),
	differ: z.number().int(),
	/** The first of those that differ. */
	differences: z.array(answerDifference),
	/** Students who are left out (`several`, `repeated`). */
	leftOut: z.number().int(),
	notes: z.array(additionNote),
	/** Of all of them, as far as they are not listed. */
	moreNotes: z.number().int(),
	/** About what grading would cost: of what is new or filled, and of all that differs; null where no model is named. */
	tokens: z.object({ added: z.number().int(), differing: z.number().int() }).nullable(),
});
export type AdditionPreview = z.infer<typeof additionPreview>;

/** What adding did. */
export const added = z.object({ additionId: z.string(), newStudents: z.number().int(), filled: z.number().int(), replaced: z.number().int() });
export type Added = z.infer<typeof added>;
