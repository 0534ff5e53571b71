import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssignmentFields } from '#contract/grading.ts';
import type { ChatTurn } from '../engine/engine.ts';

/** The texts that a grading model is given, with places for what changes. */
export interface GradePrompts {
	/** Rules, question and key: the same for the whole class. */
	shared: string;
	/** One answer. */
	answer: string;
}

const languages: Record<AssignmentFields['feedbackLanguage'], string> = {
	auto: "Write feedback and suggestions in the language of the student's answer.",
	en: 'Write feedback and suggestions in English, whatever the language of the answer.',
	zh: 'Write feedback and suggestions in Simplified Chinese (简体中文), whatever the language of the answer.',
};

/** Reads the templates from the folder that ships with the app. */
export function readGradePrompts(folder: string): GradePrompts {
	const read = (name: string) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trimEnd();
	return { shared: read('grading.txt'), answer: read('grading-answer.txt') };
}

/**
 * What the model is asked for one answer.
 *
 * The first turn is the same to the byte for every student of a class, so that the engine evaluates it once; who the student is
 * never comes into it. The answer stands between two lines that do not occur in it, so that it cannot seem to end early.
 */
export function gradeTurns(prompts: GradePrompts, fields: AssignmentFields, answer: string): ChatTurn[] {
	const { subject, gradeLevel, question, key, feedbackLanguage } = fields;
	return [
		{ role: 'system', content: fill(prompts.shared, { subject, gradeLevel, question, key, language: languages[feedbackLanguage] }) },
		{ role: 'user', content: fill(prompts.answer, { answer, fence: fenceFor(answer) }) },
	];
}

/** A mark that is not in the text, and that its writer could not have known; the same text always gets the same one. */
export function fenceFor(text: string): string {
	for (let salt = 0; ; salt++) {
		const fence = `=====${createHash('sha256').update(`${salt} ${text}`).digest('hex').slice(0, 12)}=====`;
		if (!text.includes(fence)) return fence;
	}
}

/**
 * Fills `{{name}}`, and keeps `{{#name}}…{{/name}}` on lines of their own only where there is a value.
 *
 * Both are done in one pass each over the template, so that braces in a value stay what they are.
 */
function fill(template: string, values: Readonly<Record<string, string>>): string {
	const kept = template.replace(/^\{\{#(\w+)\}\}\n([\s\S]*?)^\{\{\/\1\}\}\n/gm, (_, name: string, inner: string) => (values[name] ? inner : ''));
	return kept.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
