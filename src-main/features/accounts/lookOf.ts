import { accountKey } from './accountKey.ts';

/** Small letters of other scripts, and beside each the Latin one that it is drawn like, small or large (Unicode Technical Standard 39, confusables). */
const lookalikes = new Map(
	['аa', 'вb', 'еe', 'іi', 'јj', 'кk', 'мm', 'нh', 'оo', 'рp', 'сc', 'тt', 'уy', 'хx', 'ѕs', 'ԁd', 'ԛq', 'ԝw', 'һh', 'ӏl']
		.concat(['αa', 'βb', 'εe', 'ζz', 'ηh', 'ιi', 'κk', 'μm', 'νn', 'οo', 'ρp', 'τt', 'υy', 'χx', 'ѡw', 'ɑa', 'ɡg', 'ıi'])
		.map(([foreign = '', latin = '']) => [foreign, latin] as const),
);

/** A name as it looks: two that only letters of different scripts tell apart are one. */
export function lookOf(name: string): string {
	return Array.from(accountKey(name), (letter) => lookalikes.get(letter) ?? letter).join('');
}
