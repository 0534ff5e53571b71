// Takes the first track of subtitles out of the film that is named, in a process of its own so that its memory can be told.
import { extractTrack } from '../src-main/platform/film/extractTrack.ts';
import { listTracks } from '../src-main/platform/film/listTracks.ts';

const path = process.argv[2] ?? '';
const [track] = (await listTracks(path)).subtitles;
const { text, bytesRead } = await extractTrack(path, track?.id ?? -1);
const cues = text.match(/ --> /g)?.length ?? 0;
process.stdout.write(JSON.stringify({ bytesRead, cues, peakBytes: process.resourceUsage().maxRSS * 1024 }));
