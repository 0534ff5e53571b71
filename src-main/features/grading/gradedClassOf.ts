import type { Counting } from '#contract/classReport.ts';
import type { Answer, Question } from '#contract/grading.ts';
import { classStatistics, countedPoints } from './countClass.ts';
import type { GradedClass, SheetAnswer, SheetLanguage, SheetQuestion, SheetStudent, SheetVerdict } from './sheets/GradedClass.ts';
import { sheetWords } from './sheets/sheetWords.ts';
import { standingProposal, standingSuggestions } from './standingProposal.ts';

/** A class as it is kept. */
export interface KeptClass {
	title: string;
	subject: string;
	gradeLevel: string;
	/** What stood above the table's header. */
	above: string[][];
	columns: string[];
	questions: readonly Question[];
	/** By their submissions, in the order of the table. */
	students: ReadonlyMap<string, { row: number; studentId: string; studentName: string; cells: string[] }>;
	answers: readonly Answer[];
}

/**
 * A class as it is given out: of what a model proposed nothing where only what is settled counts, and never what rests on an older question.
 *
 * A student's total is there once every answer that says something counts; one that was left out earns nothing.
 */
export function gradedClassOf(kept: KeptClass, counting: Counting, language: SheetLanguage): GradedClass {
	const { title, subject, gradeLevel, above, columns, questions } = kept;
	const bySubmission = Map.groupBy(kept.answers, ({ submissionId }) => submissionId);
	const asked = new Map(questions.map((question) => [question.id, question]));
	const outOf = questions.reduce((sum, { points }) => sum + points, 0);
	const students = [...kept.students].map(([submissionId, { row, studentId, studentName, cells }]): SheetStudent => {
		const own = bySubmission.get(submissionId) ?? [];
		const answers = own.flatMap((answer) => {
			const question = asked.get(answer.questionId);
			return question ? [sheetAnswer(question, answer, counting)] : [];
		});
		return { row, number: studentId, name: studentName, cells, total: totalOf(answers), outOf, answers };
	});
	return {
		title,
		subject,
		gradeLevel,
		language,
		...(above.length > 0 && { above }),
		columns,
		questions: questions.map(sheetQuestion),
		students,
		statistics: statisticsRows(kept, counting, language),
	};
}

function sheetQuestion({ id, name, text, points, rubric }: Question): SheetQuestion {
	return { id, name, text, points, criteria: rubric.map((criterion) => ({ id: criterion.id, name: criterion.name, levels: criterion.levels })) };
}

function sheetAnswer(question: Question, answer: Answer, counting: Counting): SheetAnswer {
	const { mark, text, questionId } = answer;
	const points = countedPoints(answer, counting);
	const proposal = standingProposal(answer);
	if (points === null) return { questionId, text, points, decidedBy: null, modelName: null, verdicts: [], feedback: '', suggestions: [] };
	return {
		questionId,
		text,
		points,
		decidedBy: mark ? 'teacher' : (proposal?.decidedBy ?? null),
		modelName: proposal?.modelName ?? null,
		verdicts: sheetVerdicts(question, mark?.levels ?? null, proposal),
		feedback: (mark ?? proposal)?.feedback ?? '',
		suggestions: standingSuggestions(answer),
	};
}

/** Of the mark's levels, else of the proposal's; the reason and the evidence are the proposal's, and stand only with the level they were given for. */
function sheetVerdicts({ rubric }: Question, chosen: Readonly<Record<string, string>> | null, proposal: Answer['proposal']): SheetVerdict[] {
	return rubric.flatMap(({ id, levels }) => {
		const proposed = proposal?.verdicts.find(({ criterionId }) => criterionId === id);
		const levelId = chosen ? chosen[id] : proposed?.levelId;
		const level = levels.find((each) => each.id === levelId);
		if (!level) return [];
		const evidence = proposed?.levelId === level.id ? proposed : { quote: null, place: null, reason: '' };
		const { quote, place, reason } = evidence;
		return [{ criterionId: id, levelName: level.name, points: level.points, quote, place, reason }];
	});
}

function totalOf(answers: readonly SheetAnswer[]): number | null {
	const open = answers.some(({ text, points }) => points === null && text.trim() !== '');
	const reached = answers.map(({ points }) => points).filter((points) => points !== null);
	return open || reached.length === 0 ? null : Math.round(reached.reduce((sum, points) => sum + points, 0) * 100) / 100;
}

function statisticsRows({ questions, answers }: KeptClass, counting: Counting, language: SheetLanguage): NonNullable<GradedClass['statistics']> {
	const { statisticsColumns, markedOrProposed } = sheetWords[language];
	const { items } = classStatistics(questions, answers, counting).analysis;
	const rows = items.map((item, at) => {
		const { name = '', points = 0 } = questions[at] ?? {};
		const figures = [item.difficulty === null ? null : item.difficulty * points, item.deviation, item.difficulty, item.itemRestCorrelation];
		return [name, points, item.count, ...figures.map((figure) => figure && Math.round(figure * 1000) / 1000)];
	});
	return { header: counting === 'all' ? statisticsColumns.with(2, markedOrProposed) : statisticsColumns, rows };
}
