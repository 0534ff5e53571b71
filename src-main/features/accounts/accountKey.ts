import { foldCase } from './foldCase.ts';

/** A name as it is compared: two that differ in case, width, the encoding of accents, in spaces or in what cannot be seen alone are one. */
export function accountKey(name: string): string {
	return foldCase(name.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
		.trim()
		.replace(/\s+/g, ' ');
}
