import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What all small films are made of. */
export const sources = {
	'plain.srt':
		'1\n00:00:01,000 --> 00:00:02,500\nGood <i>morning</i>, Zoë.\nSecond line\n\n2\n00:00:03,000 --> 00:00:04,000\n早上好\n\n3\n00:00:06,010 --> 00:00:07,020\nLater\n\n',
	'second.srt': '1\n00:00:01,000 --> 00:00:02,500\nGuten Morgen\n\n',
	'styled.ass': `[Script Info]
; a comment of the script
Title: Styled
ScriptType: v4.00+
PlayResX: 640
PlayResY: 480

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
Style: Sign,Arial,28,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,-1,0,0,0,100,100,0,0,1,2,2,8,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:03.00,0:00:04.00,Default,Ann,0,0,0,,Later, and with commas
Dialogue: 3,0:00:01.00,0:00:02.50,Sign,,10,20,30,,{\\pos(10,20)\\k20}STOP\\Nhere
`,
	'old.ssa': `[Script Info]
ScriptType: v4.00

[V4 Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding
Style: Default,Arial,20,16777215,255,0,0,0,0,1,2,2,2,10,10,10,0,1

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.50,Default,Bob,0000,0000,0000,,Old, but good
`,
	'simple.vtt':
		'WEBVTT\n\nfirst\n00:00:01.000 --> 00:00:02.500 line:10% align:start\n<v Ann>Good <i>morning</i></v>\n\n00:00:03.000 --> 00:00:04.000\nTwo\nlines\n',
	'captions.scc': 'Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420 94ae 94ae 9470 9470 c8e5 ecec ef80 942f 942f\n\n00:00:03:00\t942c 942c\n',
	'cues.vtt': `WEBVTT - a title

STYLE
::cue { color: yellow }

first
00:00:01.000 --> 00:00:02.500 line:10% align:start
<v Ann>Good <i>morning</i></v>

NOTE a remark
of two lines

00:00:03.000 --> 00:00:04.000
One <00:00:03.500>two
`,
};

/** What stands for a font. */
export const fontBytes = Buffer.from('0001000000ff', 'hex');

/** One display set of 8 × 2 pixels of one colour, and one that takes it away again, as a Blu-ray has them (PGS). */
function pgs(): Buffer {
	const segment = (pts: number, type: number, ...content: number[]) => {
		const head = Buffer.alloc(13);
		head.write('PG', 0, 'latin1');
		head.writeUInt32BE(pts * 90, 2);
		head.writeUInt8(type, 10);
		head.writeUInt16BE(content.length, 11);
		return Buffer.concat([head, Buffer.from(content)]);
	};
	const line = [0x00, 0x88, 0x01, 0x00, 0x00];
	return Buffer.concat([
		segment(1000, 0x16, 0x02, 0x80, 0x01, 0xe0, 0x10, 0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 10, 0, 10),
		segment(1000, 0x17, 1, 0, 0, 10, 0, 10, 0, 8, 0, 2),
		segment(1000, 0x14, 0, 0, 1, 235, 128, 128, 255),
		segment(1000, 0x15, 0, 0, 0, 0xc0, 0, 0, 4 + line.length * 2, 0, 8, 0, 2, ...line, ...line),
		segment(1000, 0x80),
		segment(2500, 0x16, 0x02, 0x80, 0x01, 0xe0, 0x10, 0, 1, 0, 0, 0, 0),
		segment(2500, 0x17, 1, 0, 0, 10, 0, 10, 0, 8, 0, 2),
		segment(2500, 0x80),
	]);
}

const mkv = ['mkvmerge', '--quiet', '--deterministic', 'film', '--disable-track-statistics-tags'];
const ffmpeg = ['ffmpeg', '-nostdin', '-v', 'error', '-y', '-bitexact'];
const silence = ['-f', 'lavfi', '-t', '8', '-i', 'anullsrc=r=8000:cl=mono'];
const muxed = ['-map', '0:s', '-map', '1:a', '-c:a', 'aac', '-b:a', '8k', '-fflags', '+bitexact', '-metadata:s:s:0', 'language=eng'];

/** How each small film is made, in order: one may be made of another. `FILM` is its own path, other names are files beside it. */
export const commands: Record<string, string[]> = {
	'plain.mkv': [
		...['mkvmerge', '--quiet', '--deterministic', 'film', '-o', 'FILM'],
		...['--language', '0:en', '--track-name', '0:For all', '--default-track-flag', '0:yes', '--compression', '0:none', 'plain.srt'],
		...[
			'--language',
			'0:zh-Hant',
			'--track-name',
			'0:只有招牌',
			'--default-track-flag',
			'0:no',
			'--forced-display-flag',
			'0:yes',
			'--compression',
			'0:none',
			'second.srt',
		],
	],
	'uncounted.mkv': [...mkv, '-o', 'FILM', '--compression', '0:none', 'plain.srt'],
	'zlib.mkv': [...mkv, '-o', 'FILM', '--compression', '0:zlib', 'plain.srt'],
	'ass.mkv': [...mkv, '-o', 'FILM', '--compression', '0:zlib', 'styled.ass'],
	'fonts.mkv': [
		...[...mkv, '-o', 'FILM', '--attachment-mime-type', 'font/ttf', '--attachment-name', 'Sign.ttf', '--attach-file', 'sign.bin'],
		...['--attachment-mime-type', 'text/plain', '--attach-file', 'plain.srt', '--attachment-name', '../Other.otf', '--attach-file', 'second.srt', 'styled.ass'],
	],
	'several.mkv': [...mkv, '-o', 'FILM', '--language', '0:eng', '--track-name', '0:For all', 'plain.srt', '--language', '0:fre', 'styled.ass', 'picture.sup'],
	'ssa.mkv': [...mkv, '-o', 'FILM', 'old.ssa'],
	'vtt.mkv': [...mkv, '-o', 'FILM', 'cues.vtt'],
	'pgs.mkv': [...mkv, '-o', 'FILM', 'picture.sup'],
	'vobsub.mkv': [...ffmpeg, '-i', 'picture.sup', '-c:s', 'dvdsub', '-s', '640x480', 'FILM'],
	// The picture is never taken away again, which MP4 cannot say.
	'vobsub.mp4': [...ffmpeg, '-i', 'vobsub.mkv', '-map', '0:s', '-c', 'copy', '-bsf:s', 'setts=duration=1500', 'FILM'],
	'dvb.mkv': [...ffmpeg, '-i', 'picture.sup', '-c:s', 'dvbsub', '-s', '640x480', 'FILM'],
	'live.mkv': [...ffmpeg, '-i', 'plain.srt', ...silence, ...muxed, '-c:s', 'srt', '-live', '1', '-cluster_time_limit', '1000', 'FILM'],
	'old.webm': [...ffmpeg, '-i', 'simple.vtt', '-c:s', 'copy', 'FILM'],
	'tx3g.mp4': [...ffmpeg, '-i', 'plain.srt', ...silence, ...muxed, '-c:s', 'mov_text', '-metadata:s:s:0', 'title=For all', 'FILM'],
	'text.mov': [...ffmpeg, '-i', 'plain.srt', ...silence, ...muxed, '-c:s', 'mov_text', '-movflags', '+faststart', 'FILM'],
	'stpp.mp4': [...ffmpeg, '-i', 'plain.srt', ...silence, ...muxed, '-c:s', 'ttml', '-strict', 'unofficial', 'FILM'],
	'c608.mov': [
		...ffmpeg,
		'-i',
		'captions.scc',
		...silence,
		'-map',
		'0:s',
		'-map',
		'1:a',
		'-c:a',
		'aac',
		'-b:a',
		'8k',
		'-fflags',
		'+bitexact',
		'-c:s',
		'copy',
		'FILM',
	],
	'fragmented.mp4': [
		...ffmpeg,
		'-i',
		'plain.srt',
		...silence,
		...muxed,
		'-c:s',
		'mov_text',
		'-movflags',
		'+frag_keyframe+empty_moov+default_base_moof',
		'-frag_duration',
		'1000000',
		'FILM',
	],
};

/**
 * Makes the small films in `folder` with MKVToolNix and ffmpeg.
 *
 * @throws what `execFileSync` throws where a tool is not there or refuses.
 */
export function makeFilms(folder: string): void {
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
	writeFileSync(join(folder, 'picture.sup'), pgs());
	writeFileSync(join(folder, 'sign.bin'), fontBytes);
	for (const [name, [program = '', ...args]] of Object.entries(commands)) {
		execFileSync(
			program,
			args.map((arg) => (arg === 'FILM' ? name : arg)),
			{ cwd: folder, stdio: 'pipe' },
		);
	}
}
