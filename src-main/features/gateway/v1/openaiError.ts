import { type Failure, isFailure } from '#contract/errors.ts';
import { isMissing, wordsForPrograms } from '../wordsForPrograms.ts';

/** A failure as OpenAI's clients read it; `details` are our own, and so is `code` but where theirs is looked for. */
export interface OpenaiError {
	error: { message: string; type: string; param: string | null; code: string; details: Record<string, unknown> };
}

/** Writes a failure of the closed list in OpenAI's form. What an input's first issue is about becomes `param`. */
export function openaiError(failed: Failure): OpenaiError {
	const issue = isFailure(failed, 'INVALID_INPUT') ? failed.data.issues[0] : undefined;
	const param = issue && issue.path !== '' ? issue.path : isMissing(failed, 'model') ? 'model' : isFailure(failed, 'TOOLS_UNSUPPORTED') ? 'tools' : null;
	return { error: { message: messageOf(failed, issue), type: typeOf(failed.status), param, code: codeOf(failed), details: { ...failed.data } } };
}

/** Programs that shorten a conversation by themselves look for OpenAI's own word. */
function codeOf(failed: Failure): string {
	return isFailure(failed, 'PROMPT_TOO_LONG') ? 'context_length_exceeded' : failed.code;
}

function messageOf(failed: Failure, issue: { path: string; message: string } | undefined): string {
	if (issue) return issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`;
	const facts = Object.entries(failed.data as Record<string, unknown>).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
	const sentence = wordsForPrograms(failed);
	return facts.length === 0 || sentence !== failed.message ? sentence : `${sentence} (${facts.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}

function typeOf(status: number): string {
	if (status === 401) return 'authentication_error';
	if (status === 403) return 'permission_error';
	if (status === 402) return 'insufficient_quota';
	if (status === 429) return 'rate_limit_error';
	return status < 500 ? 'invalid_request_error' : 'server_error';
}
