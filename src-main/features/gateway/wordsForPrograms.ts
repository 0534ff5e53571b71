import { type ErrorData, type Failure, isFailure } from '#contract/errors.ts';
import accounts from '../../../resources/locales/en/accounts.json' with { type: 'json' };

/** What rights of keys are called where keys are made. */
const rights: Readonly<Record<string, string>> = accounts.scope;

/** The sentence of a failure for whoever wrote the program that asks: how it says who it is, and where that is found which is missing. */
export function wordsForPrograms(failed: Failure): string {
	if (isMissing(failed, 'model')) return 'There is no such model, or you may not use it. GET /v1/models lists those that you may.';
	if (isFailure(failed, 'NOT_SIGNED_IN')) return 'This needs an API key, which is made under My account: send it as the header "Authorization: Bearer hr_…".';
	if (isFailure(failed, 'KEY_NOT_FOR_THIS')) {
		const names = (failed.data satisfies ErrorData<'KEY_NOT_FOR_THIS'>).scopes.split(', ').map((scope) => rights[scope] ?? scope);
		return `This key was not made for this. Make one under My account that may use one of these: ${names.join(', ')}.`;
	}
	if (isFailure(failed, 'CONVERT_STOPPED')) {
		const { reason, limitMs = 0 } = failed.data satisfies ErrorData<'CONVERT_STOPPED'>;
		const why = reason === 'time' ? `takes more than ${limitMs / 60_000} minutes` : 'takes more memory than it may have';
		return `This conversion ${why}. Nothing came of it. Split the file, or convert it in the app, under Convert → Files.`;
	}
	return isMissing(failed, 'route') ? 'There is no such address here, or not with this method. /docs lists those that there are.' : failed.message;
}

/** Whether what is not there is a `model`, or a `route`. */
export function isMissing(failed: Failure, what: 'model' | 'route'): boolean {
	return isFailure(failed, 'NOT_FOUND') && (failed.data satisfies ErrorData<'NOT_FOUND'>).what === what;
}
