import { templateFamilies } from './templateFamilies.ts';

const longestTemplate = 100_000;
/** What templates write that models were taught as one token. */
const mark =
	/<\|[^|<>\s]{1,40}\|>|<｜[^｜<>]{1,40}｜>|<(?:start|end)_of_turn>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT)\]|<<\/?SYS>>|<\/?s>|<bos>|<BOS_TOKEN>|\[gMASK\]|<sop>/g;

/**
 * Answers with a Jinja template of the same family as a Go template of Ollama's, for models whose file has none; null where
 * it is not sure which family that is.
 *
 * A family is told by the marks that the template writes: all of its own must be there, and none that it does not know.
 */
export function recogniseTemplate(goTemplate: string): string | null {
	if (goTemplate.length > longestTemplate) return null;
	const found = new Set(goTemplate.match(mark));
	const fitting = templateFamilies.filter(
		({ needs, knows }) => needs.every((each) => found.has(each)) && [...found].every((each) => needs.includes(each) || knows.includes(each)),
	);
	const [family, another] = fitting;
	return family && !another ? family.jinja : null;
}
