import Box from '@mui/material/Box';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Breach, breachesOf } from '#contract/breachesOf.ts';
import { measureCue } from '#contract/measureCue.ts';
import type { ReadingRules } from '#contract/readingRules.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { Term } from '../../ui/Term.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { doubtsOf, readAfter, stageOf } from './arrangeCues.ts';
import { goTo } from './benchActs.ts';
import { useBench } from './benchStore.ts';
import { seekTo } from './filmStore.ts';
import { focusTable, tableId } from './focusBench.ts';
import { formatTime } from './formatTime.ts';

const rowPx = 50;
const headPx = 34;

const columns = {
	display: 'grid',
	gridTemplateColumns: '52px 108px minmax(0, 1fr) minmax(0, 1fr) 52px 136px',
	columnGap: 1.5,
	alignItems: 'center',
	px: 1.5,
	// Where a panel stands beside it in a narrow window: the texts, and of the state the mark alone.
	'@container (max-width: 640px)': {
		gridTemplateColumns: '36px 96px minmax(0, 1fr) minmax(0, 1fr) 12px',
		columnGap: 1,
		'& > :nth-of-type(5)': { display: 'none' },
		'& > [role=columnheader]:nth-of-type(6)': { visibility: 'hidden' },
	},
} as const;

interface Props {
	/** Those that the filter lets through. */
	shown: readonly SubtitleCue[];
	/** All of them. */
	cues: readonly SubtitleCue[];
	selectedId: string | null;
	/** Those that are worked on together, the selected one among them. */
	chosen: readonly SubtitleCue[];
	rules: ReadingRules;
	fps: number;
}

/** The cues, source beside target; only the rows in view are drawn. */
export function CueTable({ shown, cues, selectedId, chosen, rules, fps }: Props) {
	const { t } = useTranslation('subtitles');
	const scroller = useRef<HTMLDivElement>(null);
	const places = useMemo(() => new Map(cues.map(({ id }, index) => [id, index])), [cues]);
	const turnedIds = useBench((state) => state.turnedIds);
	useScrollTo(
		scroller,
		useMemo(() => shown.findIndex(({ id }) => id === selectedId), [shown, selectedId]),
	);
	useScrollTo(
		scroller,
		useMemo(() => (turnedIds.length === 0 ? -1 : shown.findIndex(({ id }) => turnedIds.includes(id))), [shown, turnedIds]),
		turnedIds,
	);
	const isTurned = useMemo(() => new Set(turnedIds), [turnedIds]);
	useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
	const isChosen = useMemo(() => new Set(chosen), [chosen]);
	const choose = (cue: SubtitleCue, { shiftKey }: { shiftKey: boolean }) => {
		void goTo(cue.id, shiftKey ? selectedId : null);
		if (shiftKey) focusTable();
		seekTo(cue.startMs);
	};
	return (
		<Box ref={scroller} id={tableId} tabIndex={0} sx={{ flex: '1 0 140px', minHeight: 140, overflow: 'auto' }}>
			<VirtualTable
				items={shown}
				rowPx={rowPx}
				columns={columns}
				scroller={scroller}
				label={t('bench.table')}
				nothing={t('bench.nothingShown')}
				isSelected={(cue) => isChosen.has(cue)}
				onChoose={choose}
				sx={{ borderRadius: 0, borderInline: 0 }}
				head={(['number', 'time', 'source', 'target', 'cps', 'state'] as const).map((name) => (
					<Box key={name} role="columnheader" sx={{ alignSelf: 'center', textAlign: name === 'number' || name === 'cps' ? 'right' : 'left' }}>
						{name === 'cps' ? <Term name="readingSpeed">{t('bench.cps')}</Term> : t(`bench.${name}`)}
					</Box>
				))}
				row={(cue) => {
					const place = places.get(cue.id) ?? 0;
					return <CueCells cue={cue} number={place + 1} isTurned={isTurned.has(cue.id)} next={readAfter(cues, place)} rules={rules} fps={fps} />;
				}}
			/>
		</Box>
	);
}

/** What the editor below says of lines and gaps is not marked here: of real files it would be in every second row. */
const timeMarks = ['endBeforeStart', 'tooShort', 'tooLong', 'overlap'] as const satisfies readonly Breach['kind'][];

interface CellsProps {
	cue: SubtitleCue;
	number: number;
	/** The last undo or redo changed it. */
	isTurned: boolean;
	next: SubtitleCue | null;
	rules: ReadingRules;
	fps: number;
}

function CueCells({ cue, number, isTurned, next, rules, fps }: CellsProps) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const { startMs, endMs, source, target, skip } = cue;
	const isMeasured = target !== null && skip === null;
	const breaches = isMeasured ? breachesOf({ text: target, startMs, endMs }, next, rules, fps) : [];
	const { cps } = isMeasured ? measureCue(target, startMs, endMs, rules) : { cps: null };
	const ofTime = timeMarks.filter((mark) => breaches.some(({ kind }) => kind === mark));
	const isTooFast = breaches.some(({ kind }) => kind === 'cps');
	return (
		<>
			<Box
				role="cell"
				title={isTurned ? t('bench.justTurned') : ''}
				sx={{ textAlign: 'right', color: 'text.secondary', ...(isTurned && { color: 'primary.main', fontWeight: 600, textDecoration: 'underline' }) }}
			>
				{format.number(number)}
			</Box>
			<Box role="cell" title={ofTime.map((kind) => t(`measures.broken.${kind}`)).join(' · ')} sx={{ lineHeight: 1.35 }}>
				{formatTime(startMs)}
				<Box sx={{ typography: 'caption', color: ofTime.length > 0 ? 'warning.main' : 'text.secondary' }}>
					{[t('measures.seconds', { seconds: format.number((endMs - startMs) / 1000, 1) }), ...ofTime.map((kind) => t(`bench.marks.${kind}`))].join(' · ')}
				</Box>
			</Box>
			<CueText text={source} isQuiet={skip !== null} />
			<CueText text={target ?? ''} isQuiet={false} />
			<Box role="cell" title={isTooFast ? t('measures.broken.cps') : ''} sx={{ textAlign: 'right', color: isTooFast ? 'warning.main' : 'text.secondary' }}>
				{cps !== null && format.number(cps, 1)}
			</Box>
			<Box role="cell" sx={{ minWidth: 0, overflow: 'hidden' }}>
				<CueState cue={cue} />
			</Box>
		</>
	);
}

/** At most two lines, as most cues have. */
function CueText({ text, isQuiet }: { text: string; isQuiet: boolean }) {
	return (
		<Box
			role="cell"
			dir="auto"
			sx={{
				color: isQuiet ? 'text.disabled' : 'text.primary',
				lineHeight: 1.4,
				whiteSpace: 'pre-line',
				overflowWrap: 'anywhere',
				display: '-webkit-box',
				WebkitLineClamp: 2,
				WebkitBoxOrient: 'vertical',
				overflow: 'hidden',
			}}
		>
			{visibleText(text)}
		</Box>
	);
}

const tones = { skipped: 'quiet', untranslated: 'quiet', running: 'busy', failed: 'bad', translated: 'warn', approved: 'good' } as const;

/** Where a cue stands; below it what makes it doubtful, or how sure the model was. */
function CueState({ cue }: { cue: SubtitleCue }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const stage = stageOf(cue);
	const doubts = doubtsOf(cue).filter((doubt) => doubt !== 'failed');
	const sure = cue.confidence !== null && stage === 'translated' ? t('bench.sure', { share: format.percent(Math.exp(cue.confidence)) }) : '';
	const from = cue.origin === 'memory' && stage === 'translated' ? t('bench.fromMemory') : '';
	const below = doubts.length > 0 ? doubts.map((doubt) => t(`bench.doubts.${doubt}`)).join(' · ') : from || sure;
	const label = stage === 'skipped' && cue.skip !== null ? t(`bench.skips.${cue.skip}`) : t(`bench.stages.${stage}`);
	return (
		<>
			<StateLabel tone={tones[stage]} label={label} />
			{below !== '' && (
				<Box
					title={below}
					sx={{
						...{ typography: 'caption', pl: 1.75, lineHeight: 1.3, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
						color: doubts.length > 0 ? 'warning.main' : 'text.secondary',
					}}
				>
					{below}
				</Box>
			)}
		</>
	);
}

/** Brings the row of this index into view as it is chosen, and again on each new occasion; one that is in view stays where it is. */
function useScrollTo(scroller: RefObject<HTMLDivElement | null>, index: number, occasion?: unknown): void {
	// biome-ignore lint/correctness/useExhaustiveDependencies: the same row may be shown anew
	useEffect(() => {
		const box = scroller.current;
		if (!box || index < 0) return;
		const top = index * rowPx;
		const room = box.clientHeight - headPx;
		// A row beyond, so that the one that comes next is in sight.
		if (top >= box.scrollTop + rowPx * 0.5 && top + rowPx * 2 <= box.scrollTop + room + rowPx * 0.5) return;
		box.scrollTop = Math.max(0, top - room / 2);
	}, [scroller, index, occasion]);
}
