import { z } from 'zod';
import { agreement, answerGroup, classAnalysis, commonMistakes, criterionAgreement, drift, markersAgreement, neededMarks, trustTable } from './agreement.ts';

const whole = z.number().int().min(0);

/** How well the proposals for one question agree with the teacher's own marks of it. */
export const questionAgreement = z.object({
	/** What is compared: a mark of the teacher's own beside a proposal that is not outdated. */
	pairs: z.array(z.object({ answerId: z.string(), teacher: z.number(), model: z.number() })),
	/** Marks that are left out, as they were taken over from the proposal unchanged. */
	accepted: whole,
	agreement,
	/** In the rubric's order. */
	criteria: z.array(criterionAgreement),
	needed: neededMarks,
	trust: trustTable,
	/** Null: no answer was marked by two. */
	markers: markersAgreement.nullable(),
});
export type QuestionAgreement = z.infer<typeof questionAgreement>;

/** What counts in the figures of a class: marks alone, or proposals where there is no mark. */
export const counting = z.enum(['settled', 'all']);
export type Counting = z.infer<typeof counting>;

/** How a class and its questions did. */
export const classStatistics = z.object({
	counting,
	/** How many answers count, and how many of them are not settled. */
	counted: whole,
	proposed: whole,
	/** Its items are the questions of the assignment, in their order. */
	analysis: classAnalysis,
});
export type ClassStatistics = z.infer<typeof classStatistics>;

/** The answers that say something and nobody has marked: how many there are, of how many a proposal goes out where proposals do, and of how many it is outdated, which never goes out. */
export const unsettled = z.object({ answers: whole, proposed: whole, outdated: whole });
export type Unsettled = z.infer<typeof unsettled>;

/** What many got wrong in one question, by what counts. */
export const questionMistakes = commonMistakes.extend({ counting });
export type QuestionMistakes = z.infer<typeof questionMistakes>;

/** Like answers to one question, and where they were marked unlike one another. */
export const likeAnswers = z.object({
	/** Of two and more. */
	groups: z.array(answerGroup),
	/** Of the teacher's marks, the widest apart first. */
	drift: z.array(drift),
	/** The class has too many different answers for more than equal ones to be found. */
	onlyEqual: z.boolean(),
	/** The model by whose vectors they were compared too; null: by their characters alone. */
	comparedBy: z.string().nullable(),
});
export type LikeAnswers = z.infer<typeof likeAnswers>;

/** The most students whose feedback is written into one file, which is memory: of a larger class there are several files, in a ZIP. */
export const mostInFile = 100;

/** What a class can be given out as: its marks as a table or as data, or feedback for its students, in one file (`mostInFile`) or one each. */
export const sheetForm = z.enum(['csv', 'xlsx', 'json', 'pdf', 'docx', 'pdfZip', 'docxZip']);
export type SheetForm = z.infer<typeof sheetForm>;

/** What of a class a PDF cannot print, as its fonts have no letters for it; Word takes the fonts of the computer that it is on. */
export const unprintable = z.object({
	/** How many students were looked at: all but of a very large class, of which the first. */
	students: whole,
	/** Of the letters, 0..1. */
	fraction: z.number().min(0).max(1),
	/** Whether these are so many that no PDF is written. */
	isRefused: z.boolean(),
	/** By ISO 15924, such as `Arab`, with how many letters are missing; the most first. `Zzzz`: another one. */
	scripts: z.array(z.object({ script: z.string(), letters: whole })),
	/** How many other characters are missing, such as emoji. */
	signs: whole,
});
export type Unprintable = z.infer<typeof unprintable>;

/** A text that the teacher puts into feedback again and again. */
export const savedComment = z.object({ id: z.string(), text: z.string() });
export type SavedComment = z.infer<typeof savedComment>;
