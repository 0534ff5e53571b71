/** Whether a text is written from right to left: its first letter is, as rule P2 of the Unicode Bidirectional Algorithm has it. */
export function isRightToLeft(text: string): boolean {
	return /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);
}
