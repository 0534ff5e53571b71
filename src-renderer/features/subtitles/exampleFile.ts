/** Our own words: a dozen lines with tags, a song, a sign and a name, as subtitles have them. */
const lines = [
	['00:00:01,000', '00:00:03,200', 'Mira? Are you up there?'],
	['00:00:03,400', '00:00:05,900', '<i>I told you not to wait for me,\nMr Hollis.</i>'],
	['00:00:06,300', '00:00:08,100', 'The ferry leaves at seven.'],
	['00:00:08,200', '00:00:10,900', "- Seven? It's only twelve minutes!\n- Then run."],
	['00:00:12,500', '00:00:15,000', '♪ Down by the harbour,\nwhere the lamps are low ♪'],
	['00:00:16,000', '00:00:17,600', 'PORT ALDEN\nFERRY TERMINAL'],
	['00:00:18,000', '00:00:20,400', 'Two tickets to Saint Brae, please.'],
	['00:00:20,600', '00:00:22,300', "That's 48 crowns."],
	['00:00:22,500', '00:00:25,800', "You said it would be 40, and you said you'd pay for both of us, remember?"],
	['00:00:26,100', '00:00:27,400', 'I lied about the first part.'],
	['00:00:30,000', '00:00:32,000', '[horn blows]'],
	['00:00:32,400', '00:00:35,000', "Look, Mira. That's the lighthouse."],
] as const;

/** A short subtitle file to try the screen with. */
export function exampleFile(): File {
	const text = lines.map(([start, end, said], index) => `${index + 1}\n${start} --> ${end}\n${said}\n`).join('\n');
	return new File([text], 'The Last Ferry.en.srt', { type: 'application/x-subrip' });
}
