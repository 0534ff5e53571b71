import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { useBench } from './benchStore.ts';
import { endAct } from './cueDraft.ts';
import { formatTime, parseTime } from './formatTime.ts';
import { editCues } from './subtitlesStore.ts';

/** When a cue is shown; fields where times can be changed. */
export function CueTimes({ cue }: { cue: SubtitleCue }) {
	const { t } = useTranslation('subtitles');
	const editsTimes = useBench((state) => state.editsTimes);
	if (!editsTimes) {
		return (
			<Typography sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
				{formatTime(cue.startMs)} → {formatTime(cue.endMs)}
			</Typography>
		);
	}
	return (
		<>
			<TimeField label={t('bench.start')} ms={cue.startMs} isAllowed={(ms) => ms < cue.endMs} onKeep={(startMs) => keep({ cueId: cue.id, startMs })} />
			<TimeField label={t('bench.end')} ms={cue.endMs} isAllowed={(ms) => ms > cue.startMs} onKeep={(endMs) => keep({ cueId: cue.id, endMs })} />
		</>
	);
}

function keep(change: { cueId: string; startMs?: number; endMs?: number }): void {
	endAct();
	void editCues([change]);
}

function TimeField({ label, ms, isAllowed, onKeep }: { label: string; ms: number; isAllowed: (ms: number) => boolean; onKeep: (ms: number) => void }) {
	const [text, setText] = useState(formatTime(ms));
	const typed = parseTime(text);
	const isGood = typed !== null && isAllowed(typed);
	const keepTyped = () => {
		if (isGood && typed !== ms) onKeep(typed);
	};
	return (
		<InputBase
			value={text}
			onChange={(event) => setText(event.target.value)}
			onBlur={keepTyped}
			onKeyDown={(event) => {
				if (event.key === 'Enter') keepTyped();
			}}
			inputProps={{ 'aria-label': label, 'aria-invalid': !isGood, inputMode: 'decimal' }}
			sx={{ border: 1, borderColor: isGood ? 'surface.line' : 'error.main', borderRadius: 1, px: 1, width: 112, fontVariantNumeric: 'tabular-nums' }}
		/>
	);
}
