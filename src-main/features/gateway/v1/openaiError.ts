import { type ErrorData, type Failure, isFailure } from '#contract/errors.ts';

/** A failure as OpenAI's clients read it; `code` and `details` are our own. */
export interface OpenaiError {
	error: { message: string; type: string; param: string | null; code: string; details: Record<string, unknown> };
}

/** Writes a failure of the closed list in OpenAI's form. What an input's first issue is about becomes `param`. */
export function openaiError(failed: Failure): OpenaiError {
	const issue = isFailure(failed, 'INVALID_INPUT') ? failed.data.issues[0] : undefined;
	const param = issue && issue.path !== '' ? issue.path : isModelMissing(failed) ? 'model' : isFailure(failed, 'TOOLS_UNSUPPORTED') ? 'tools' : null;
	return { error: { message: messageOf(failed, issue), type: typeOf(failed.status), param, code: failed.code, details: { ...failed.data } } };
}

function messageOf(failed: Failure, issue: { path: string; message: string } | undefined): string {
	if (issue) return issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`;
	if (isModelMissing(failed)) return 'There is no such model, or you may not use it. GET /v1/models lists those that you may.';
	const facts = Object.entries(failed.data as Record<string, unknown>).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
	return facts.length === 0 ? failed.message : `${failed.message} (${facts.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}

function isModelMissing(failed: Failure): boolean {
	return isFailure(failed, 'NOT_FOUND') && (failed.data satisfies ErrorData<'NOT_FOUND'>).what === 'model';
}

function typeOf(status: number): string {
	if (status === 401) return 'authentication_error';
	if (status === 403) return 'permission_error';
	if (status === 402) return 'insufficient_quota';
	if (status === 429) return 'rate_limit_error';
	return status < 500 ? 'invalid_request_error' : 'server_error';
}
