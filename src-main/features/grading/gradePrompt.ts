import type { AssignmentFields } from '#contract/grading.ts';
import type { CheckResult, Criterion, Rubric } from '#contract/rubric.ts';
import { fenceFor } from '../../platform/text/fenceFor.ts';
import { fillTemplate } from '../../platform/text/fillTemplate.ts';
import { readTemplate } from '../../platform/text/readTemplate.ts';
import type { ChatTurn } from '../engine/engine.ts';
import { absent, labelsOf, type RubricOrder } from './rubricForm.ts';

export { fenceFor } from '../../platform/text/fenceFor.ts';

/** The texts that a grading model is given, with places for what changes. */
export interface GradePrompts {
	/** Rules, question and key: the same for the whole class. */
	shared: string;
	/** The same where there is a rubric. */
	rubric: string;
	/** One answer. */
	answer: string;
	/** A rubric that the model is to write. */
	draft: string;
}

/** What a model must know of a question to grade by it. */
export interface Asked extends Pick<AssignmentFields, 'subject' | 'gradeLevel' | 'feedbackLanguage'> {
	question: string;
	key: string;
	/** Empty: the answer is judged as a whole. */
	rubric: Rubric;
}

/** What goes with one answer beside its text. */
export interface AnswerMatter {
	/** Which way round the levels are told. */
	order?: RubricOrder;
	/** What the question's check found out about the answer. */
	finding?: CheckResult | null;
	/** What a teacher gave for like answers, each in the form that the model has to answer in. */
	examples?: readonly { answer: string; grade: string }[];
}

/** Written out, as the demonstration model knows them by heart: names of languages are another matter from one ICU to the next. */
const knownLines: Partial<Record<AssignmentFields['feedbackLanguage'], string>> = {
	auto: "Write feedback and suggestions in the language of the student's answer.",
	en: 'Write feedback and suggestions in English, whatever the language of the answer.',
	zh: 'Write feedback and suggestions in Simplified Chinese (简体中文), whatever the language of the answer.',
};

/** In English, as all that a model is told, with what a language calls itself: smaller models know some by that alone. */
function languageLine(code: AssignmentFields['feedbackLanguage']): string {
	const known = knownLines[code];
	if (known !== undefined) return known;
	const [name, own] = ['en', code].map((reader) => new Intl.DisplayNames([reader], { type: 'language' }).of(code));
	return `Write feedback and suggestions in ${name === own ? name : `${name} (${own})`}, whatever the language of the answer.`;
}

const findings: Record<CheckResult['kind'], string> = {
	right: 'A calculation has shown that the result of this answer is right.',
	wrong: 'A calculation has shown that the result of this answer is not right.',
	unclear: '',
};

/** Reads the templates from the folder that ships with the app. */
export function readGradePrompts(folder: string): GradePrompts {
	const read = (name: string) => readTemplate(folder, name);
	return { shared: read('grading.txt'), rubric: read('grading-rubric.txt'), answer: read('grading-answer.txt'), draft: read('grading-draft.txt') };
}

/**
 * What the model is asked for one answer.
 *
 * The first turn is the same to the byte for every student of a class, so that the engine evaluates it once; who the student is
 * never comes into it. The answer stands between two lines that do not occur in it, so that it cannot seem to end early.
 */
export function gradeTurns(prompts: GradePrompts, asked: Asked, answer: string, matter: AnswerMatter = {}): ChatTurn[] {
	const { examples = [], finding = null } = matter;
	const values = {
		answer,
		fence: fenceFor(answer),
		finding: finding ? findings[finding.kind] : '',
		examples: examples.map((example) => `${fenceFor(example.answer)}\n${example.answer}\n${fenceFor(example.answer)}\n${example.grade}`).join('\n\n'),
	};
	return [
		{ role: 'system', content: sharedTurn(prompts, asked, matter.order ?? 'asGiven') },
		{ role: 'user', content: fillTemplate(prompts.answer, values) },
	];
}

function sharedTurn(prompts: GradePrompts, { subject, gradeLevel, question, key, feedbackLanguage, rubric }: Asked, order: RubricOrder): string {
	const values = { subject, gradeLevel, question, key, language: languageLine(feedbackLanguage) };
	if (rubric.length === 0) return fillTemplate(prompts.shared, values);
	return fillTemplate(prompts.rubric, {
		...values,
		rubric: rubric.map((criterion, at) => criterionText(criterion, at, order)).join('\n\n'),
		form: formText(rubric, order),
	});
}

/** A criterion as the model reads it: what it is about, and its levels by the labels that it has to choose from. */
function criterionText(criterion: Criterion, at: number, order: RubricOrder): string {
	const about = criterion.description === '' ? criterion.name : `${criterion.name}: ${criterion.description}`;
	const levels = labelsOf(criterion, order).map(({ label, level }) => `- ${label}${level.description === '' ? '' : `: ${level.description}`}`);
	return [`c${at + 1}. ${about}`, ...levels].join('\n');
}

function formText(rubric: Rubric, order: RubricOrder): string {
	const criteria = rubric.map(
		(criterion, at) => `"c${at + 1}": {"quote": "…", "reason": "…", "level": ${JSON.stringify(labelsOf(criterion, order)[0]?.label)}}`,
	);
	return `{${criteria.join(', ')}, "feedback": "…", "suggestions": ["…"]}, where a quote that cannot be given is "${absent}"`;
}
