/** The endings of the subtitle files that are read, as a file input takes them. */
export const subtitleEndings = '.srt,.vtt,.ass,.ssa,.sbv,.lrc,.sub,.ttml,.dfxp,.xml,.smi,.sami,.txt';

/** Whether a file is called as subtitles are. */
export function isSubtitleName(fileName: string): boolean {
	return subtitleEndings.split(',').some((ending) => fileName.toLowerCase().endsWith(ending));
}
