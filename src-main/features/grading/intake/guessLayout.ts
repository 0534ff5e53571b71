import type { AnswerMapping, MappedAnswer, TableOrigin } from '#contract/answerMapping.ts';
import { answerColumnOf } from './answerColumnOf.ts';
import type { Problem } from './groupProblems.ts';
import { pointsOfHeading, textOfHeading } from './textOfHeading.ts';

/** The names of a table's columns with the first rows, each in the order of the columns. */
interface Seen {
	columns: readonly string[];
	sample: readonly (readonly string[])[];
}

const numbered = '\\s*[_.:#]?\\s*(\\d{1,3})';
/** Moodle numbers the answers of a quiz (`responsex` of its language files), and so do teachers. */
const answerColumn = new RegExp(`^(?:response|answer|antwort|réponse|respuesta|risposta|resposta|回答|答案|作答|解答|答え?)${numbered}$`, 'i');
const textColumn = new RegExp(`^(?:question|frage|pregunta|题目|问题|试题|題目|問題)${numbered}$`, 'i');
const keyColumn = new RegExp(`^(?:right answer|correct answer|richtige antwort|正确答案|标准答案|正確答案)${numbered}$`, 'i');
/** A column that is called after its question alone: `Q1`, `Aufgabe 3 (5 P)`, `第2题（10分）`. */
const questionColumn = new RegExp(
	`^(?:q|question|item|task|frage|aufgabe|a|题|题目|问题|題|問題|第)${numbered}\\s*(?:题|問|问|題)?(?:[\\s(（/:.：、].*)?$`,
	'is',
);
/** The marks of Moodle's report of grades, `Q. 1 /5.00`, `F 1 /5,00`: no answers. */
const moodleMark = /^\S{1,3}\.? ?\d+ ?\/ ?\d+([.,]\d+)?$/;

const ids = [
	/^(sis_id|sis user id|id number|id-nummer|matrikelnummer|学号|學號|学籍号|考号|考生号|准考证号|学生(编号|学号|id))$/i,
	/^(student|pupil|user|learner|schüler)?[ _-]?(id|number|nummer|no\.?|nr\.?|code)([ _-]number)?$/i,
	/^(sid|编号|座号|座號|番号)$/i,
	/^(identifier|username|user name|login|anmeldename|用户名|sis login id)$/i,
	/^(e-?mail(-adresse| address)?|邮箱|电子邮件(地址)?)$/i,
];
const wholeNames = [
	/^(full name|vollständiger name|student[ _]name|schüler[ _-]?name|name|display name|姓名|学生姓名|名字|氏名|名前|vor- und nachname)$/i,
	/^(student|pupil|learner|schüler(\/in)?|学生|考生|學生)$/i,
];
const firstNames = [/^(first[ _]name|given name|vorname|名)$/i];
const lastNames = [/^(last[ _]name|surname|family name|nachname|姓|姓氏)$/i];
const classes = [/^(class|section|group|klasse|gruppe|kurs|班级|班別|班级名称|班|小组)$/i];
/** What forms and platforms write beside the answers. */
const besides =
	/^(timestamp|zeitstempel|date|datum|time|zeit|state|status|started( on)?|begonnen( am)?|completed|beendet|time taken|verbrauchte zeit|duration|dauer|grade|bewertung|score|points|punkte|marks?|maximum grade|bestwertung|grade can be changed|bewertung kann geändert werden|attempt|versuch|submitted|last modified.*|zuletzt geändert.*|feedback.*|comments?|kommentar.*|institution|department|abteilung|序号|提交(答卷)?时间|所用时间|来源.*|来自ip|总分|得分|分数|状态|备注|时间戳记?|时间|ip.*|section_id|section_sis_id|n correct|n incorrect)$|^(grade|bewertung|成绩)\s*\/|\bscore\b$|\[(score|feedback)\]( \(\d+\))?$/i;
const onlineText = [/^(online text|texteingabe online|在线文本|線上文字)$/i];

/** Tells whose export a table is by its columns. */
export function tableOriginOf(columns: readonly string[]): TableOrigin {
	const has = (...names: string[]) => names.every((name) => columns.some((column) => column.toLowerCase() === name));
	if (has('name', 'id', 'submitted', 'attempt') && columns.some((column) => /^\d+: /.test(column))) return 'canvasAnalysis';
	if (has('student', 'id', 'sis login id', 'section') || has('student', 'id', 'sis user id')) return 'canvasGradebook';
	const isWorksheet = has('identifier', 'status') || has('id', 'vollständiger name', 'status') || find(columns, onlineText) !== null;
	if (isWorksheet) return 'moodleAssignment';
	if (!has('state', 'email address') && !has('status', 'e-mail-adresse')) return null;
	const hasMarksAlone = columns.some((column) => moodleMark.test(column)) && !columns.some((column) => answerColumn.test(column));
	return hasMarksAlone ? 'moodleGrades' : 'moodleQuiz';
}

/** How many kinds of columns a row names, were it the header: numbers, names and classes of students, and answers. In a row of answers it is hardly over 1. */
export function countMeanings(cells: readonly string[]): number {
	const names = cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).filter((name) => name !== '' && name.length <= 40);
	const { studentId, studentNames, studentClass } = guessStudent({ columns: names, sample: [] });
	const hasAnswers = answerColumnOf(names) !== null || names.some((name) => answerColumn.test(name) || questionColumn.test(name));
	return [studentId !== null, studentNames.length > 0, studentClass !== null, hasAnswers].filter(Boolean).length;
}

/** Told of a header in which no column has a name that means anything here: it may be the first student. */
export function doubtHeader(columns: readonly string[], row: number): Problem[] {
	const { studentId, studentNames } = guessStudent({ columns, sample: [] });
	const isKnown = studentId !== null || studentNames.length > 0 || answerColumnOf(columns) !== null;
	if (isKnown || columns.some((column) => answerColumn.test(column) || questionColumn.test(column) || /[?？]/.test(column))) return [];
	return [{ row, column: null, code: 'headerDoubtful', detail: columns.slice(0, 5).join(' | ').slice(0, 200) }];
}

/**
 * Guesses from the names of a table's columns, and from its first rows where names do not tell, what they hold.
 *
 * Knows the exports of Moodle and Canvas, forms that are headed by their questions, and tables of teachers in English, German and Chinese,
 * a row for each student or for each answer. Null where nothing looks like an answer, as in a gradebook.
 */
export function guessLayout(columns: readonly string[], sample: readonly (readonly string[])[]): AnswerMapping | null {
	const seen: Seen = { columns, sample };
	const origin = tableOriginOf(columns);
	if (origin === 'canvasGradebook' || origin === 'moodleGrades') return null;
	const student = guessStudent(seen);
	const taken = new Set([student.studentId, ...student.studentNames, student.studentClass]);
	const rest = columns.filter((column) => !taken.has(column) && !moodleMark.test(column));
	const wide = (answers: MappedAnswer[]): AnswerMapping => ({ layout: 'wide', ...student, answers: answers.slice(0, 200) });
	const named = canvasAnswers(origin, columns) ?? worksheetAnswers(seen) ?? numberedAnswers(rest);
	if (named) return wide(named);
	const long = guessLong(seen, rest);
	if (long) return { layout: 'long', ...student, ...long };
	const questions = rest.filter((column) => questionColumn.test(column));
	if (questions.length > 0) return wide(questions.map((column, index) => headedAnswer(column, index)));
	const answers = singleAnswer(rest) ?? formAnswers(seen, rest);
	return answers && wide(answers);
}

function answerOf(column: string, questionName: string, more: Partial<MappedAnswer> = {}): MappedAnswer {
	return {
		column,
		questionName: questionName.trim().slice(0, 100),
		questionText: '',
		textColumn: null,
		keyColumn: null,
		points: pointsOfHeading(column),
		...more,
	};
}

function readPoints(text: string): number | null {
	const points = Number(text.replace(',', '.'));
	return points >= 0 && points <= 1000 ? points : null;
}

function find(columns: readonly string[], patterns: readonly RegExp[]): string | null {
	for (const pattern of patterns) {
		const found = columns.find((column) => pattern.test(column));
		if (found !== undefined) return found;
	}
	return null;
}

function guessStudent({ columns, sample }: Seen): Pick<AnswerMapping, 'studentId' | 'studentNames' | 'studentClass'> {
	const isFilled = (column: string) => sample.length === 0 || sample.some((row) => (row[columns.indexOf(column)] ?? '').trim() !== '');
	const studentId = find(columns.filter(isFilled), ids);
	const others = columns.filter((column) => column !== studentId);
	const [first, last] = [find(others, firstNames), find(others, lastNames)];
	const whole = find(others, wholeNames);
	// In Chinese the family's name comes first.
	const parts = first !== null && /\p{Script=Han}/u.test(first) ? [last, first] : [first, last];
	const studentNames = whole !== null && (first === null || last === null) ? [whole] : parts.filter((part) => part !== null);
	return { studentId, studentNames, studentClass: find(others, classes) };
}

/** Canvas heads each answer with the number and text of its question, and the column of its score, next to it, with the points. */
function canvasAnswers(origin: TableOrigin, columns: readonly string[]): MappedAnswer[] | null {
	if (origin !== 'canvasAnalysis') return null;
	return columns.flatMap((column, index) => {
		const text = /^\d+: (.*)$/s.exec(column)?.[1];
		if (text === undefined) return [];
		const points = /^(\d+(?:\.\d+)?)(?: \(\d+\))?$/.exec(columns[index + 1] ?? '')?.[1];
		return [
			answerOf(column, nameOf(text, columns.slice(0, index).filter((each) => /^\d+: /.test(each)).length), {
				questionText: text,
				points: points === undefined ? null : readPoints(points),
			}),
		];
	});
}

/** Short questions are their own names. */
function nameOf(text: string, before: number): string {
	return text.trim() !== '' && text.length <= 40 ? text : String(before + 1);
}

/** Moodle's worksheet for an assignment has one answer and its highest grade. */
function worksheetAnswers({ columns, sample }: Seen): MappedAnswer[] | null {
	const column = find(columns, onlineText);
	if (column === null) return null;
	const highest = columns.findIndex((name) => /^(maximum grade|bestwertung)$/i.test(name));
	return [answerOf(column, column, { points: readPoints(sample.find((row) => row[highest]?.trim())?.[highest] ?? 'none') })];
}

function numberedAnswers(columns: readonly string[]): MappedAnswer[] | null {
	const answers = columns.flatMap((column) => {
		const number = answerColumn.exec(column)?.[1];
		if (number === undefined) return [];
		const sameNumber = (pattern: RegExp) => columns.find((other) => pattern.exec(other)?.[1] === number) ?? null;
		return [answerOf(column, column, { textColumn: sameNumber(textColumn), keyColumn: sameNumber(keyColumn) })];
	});
	return answers.length > 0 ? answers : null;
}

const longQuestion = [/^(question|item|task|frage|aufgabe|题目|问题|题号|试题|題目|問題)([ _-]?(id|no\.?|nr\.?|number|name|text|title))?$/i];
const longAnswer = [
	/^(student[ _]|your )?(answer|response|antwort|essay|submission)([ _](text|content))?$/i,
	/^(学生)?(答案|作答|回答|答题|解答)(内容|文本)?$/,
];
const longPoints = [/^(max(imum)?[ _]?(points?|score|marks?)|points possible|满分|分值|punkte möglich)$/i];

function guessLong({ columns, sample }: Seen, rest: readonly string[]): { question: string; answer: string; points: string | null } | null {
	const question = find(rest, longQuestion);
	const answer = find(
		rest.filter((column) => column !== question),
		longAnswer,
	);
	if (question === null || answer === null) return null;
	// A form in which each row has a question of its own would be no class that answers the same ones.
	const asked = sample.map((row) => row[columns.indexOf(question)]?.trim() ?? '');
	const isRepeated = asked.length < 4 || new Set(asked).size <= asked.length * 0.75 || new Set(asked).size < 4;
	return isRepeated ? { question, answer, points: find(columns, longPoints) } : null;
}

function singleAnswer(rest: readonly string[]): MappedAnswer[] | null {
	const column = answerColumnOf(rest.filter((each) => !besides.test(each) && !isSentence(each)));
	return column === null ? null : [answerOf(column, column)];
}

/** The columns of a form are headed by its questions: whole sentences, or whatever has long text below it. */
function formAnswers({ columns, sample }: Seen, rest: readonly string[]): MappedAnswer[] | null {
	const asked = rest.filter((column) => {
		if (besides.test(column) || /^Column \d+$/.test(column)) return false;
		const cells = sample.map((row) => row[columns.indexOf(column)]?.trim() ?? '').filter((cell) => cell !== '');
		const letters = cells.reduce((sum, cell) => sum + cell.length, 0);
		return isSentence(column) || (cells.length > 0 && letters / cells.length >= 20);
	});
	return asked.length === 0 ? null : asked.map(headedAnswer);
}

/** A column whose heading is the question. */
function headedAnswer(column: string, index: number): MappedAnswer {
	return answerOf(column, nameOf(column, index), { questionText: textOfHeading(column) });
}

function isSentence(text: string): boolean {
	return /[?？]\s*\S{0,12}$/.test(text) || text.split(/\s+/).length >= 5 || /\p{Script=Han}{8,}/u.test(text);
}
