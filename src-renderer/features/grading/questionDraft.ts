import { type FoundQuestion, type QuestionFields, questionFields } from '#contract/grading.ts';

/** A question as it is being written: a number that cannot be read is NaN, and a text may still be empty. */
export interface QuestionDraft extends QuestionFields {
	/** The check is the teacher's own choice, which no suggestion takes the place of. */
	isCheckOwn: boolean;
	/** What the check was suggested by, `sourceOf` of then; a suggestion by an older text or key is not kept. */
	suggestedBy: string;
	/** What the table brought along, by the heading of which the draft is known. */
	found: FoundQuestion;
}

/** Of a question that no table has brought yet. */
export const unheaded: FoundQuestion = { heading: '', name: '', text: '', key: '', points: null };

const usualPoints = 100;

/** A question of which nothing is known but what the table brings along. */
export function newQuestion(found: FoundQuestion): QuestionDraft {
	const { name, text, key } = found;
	return {
		name: shorten(name),
		text,
		key,
		points: found.points || usualPoints,
		check: { kind: 'none' },
		rubric: [],
		isCheckOwn: false,
		suggestedBy: '',
		found,
	};
}

/** What a question that is kept already looks like while it is changed. */
export function draftOf({ name, text, key, points, check, rubric }: QuestionFields): QuestionDraft {
	return { name, text, key, points, check, rubric, isCheckOwn: true, suggestedBy: '', found: { heading: name, name, text, key, points } };
}

/** The draft as it can be kept; null while something in it is missing or cannot be read. A draft is never changed, so that each is read once. */
export function readQuestion(draft: QuestionDraft): QuestionFields | null {
	const before = alreadyRead.get(draft);
	if (before !== undefined) return before;
	const { isCheckOwn, suggestedBy, found: _found, ...fields } = draft;
	const check = isCheckOwn || suggestedBy === sourceOf(fields) ? fields.check : { kind: 'none' };
	const read = questionFields.safeParse({ ...fields, check }).data ?? null;
	alreadyRead.set(draft, read);
	return read;
}

const alreadyRead = new WeakMap<QuestionDraft, QuestionFields | null>();

/** What a check is suggested by. */
export function sourceOf({ text, key }: Pick<QuestionDraft, 'text' | 'key'>): string {
	return `${text}\n${key}`;
}

/** What keeps a draft from being kept, in the order in which it stands on the screen. */
export function missingIn(draft: QuestionDraft): 'text' | 'points' | 'check' | 'rubric' | null {
	if (readQuestion(draft) !== null) return null;
	const { shape } = questionFields;
	if (!shape.text.safeParse(draft.text).success) return 'text';
	if (!shape.points.safeParse(draft.points).success) return 'points';
	if (!shape.check.safeParse(draft.check).success) return 'check';
	return shape.rubric.safeParse(draft.rubric).success ? null : 'rubric';
}

/** Whether nothing was written yet that is not the table's. */
export function isUntouched({ text, key, points, rubric, found }: QuestionDraft): boolean {
	return text === found.text && key === found.key && rubric.length === 0 && points === (found.points || usualPoints);
}

/** A heading as a question's name: at most as long as one may be. */
function shorten(heading: string): string {
	return heading.length > 100 ? `${heading.slice(0, 99)}…` : heading;
}
