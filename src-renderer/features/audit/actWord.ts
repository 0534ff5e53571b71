/** An act's name as its text is found by: `accounts.create` → `accountsCreate`. */
export function actWord(act: string): string {
	return act.replace(/\.(\w)/g, (_dot, letter: string) => letter.toUpperCase());
}

/** What acts are told apart by: the name of one, or the first part of several. */
export const actKinds = [
	'signIn',
	'signInRefused',
	'accounts',
	'ledger',
	'library',
	'market',
	'engine',
	'grading',
	'finetune',
	'settings',
	'gateway',
	'routes',
	'backends',
	'backup',
	'outbound',
	'updates',
	'audit',
] as const;
