import { formatTime } from './formatTime.ts';
import { scaleHeightPx, timelineHeightPx } from './timelineSizes.ts';

const stepsMs = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000];
/** Of the words of a mark, with room beside them. */
const leastPx = 96;

interface Props {
	fromMs: number;
	toMs: number;
	/** Where a time stands, in pixels. */
	xOf: (ms: number) => number;
	/** Called with where it was pressed. */
	onSeek: (x: number) => void;
}

/** The times along a timeline. */
export function TimelineScale({ fromMs, toMs, xOf, onSeek }: Props) {
	const step = stepsMs.find((one) => xOf(fromMs + one) >= leastPx) ?? 600_000;
	const first = Math.ceil(fromMs / step);
	const marks = Array.from({ length: Math.max(0, Math.floor(toMs / step) - first + 1) }, (_, index) => (first + index) * step);
	return (
		// The film has controls of its own; this is a shorter way for the pointer.
		<g onPointerDown={(event) => onSeek(event.nativeEvent.offsetX)}>
			<rect x={0} y={0} width="100%" height={timelineHeightPx} fill="transparent" />
			{marks.map((ms) => (
				<g key={ms}>
					<line x1={xOf(ms)} x2={xOf(ms)} y1={0} y2={timelineHeightPx} stroke="var(--mui-palette-divider)" />
					<text x={xOf(ms) + 4} y={scaleHeightPx - 5} fontSize={11} fill="var(--mui-palette-text-secondary)" style={{ fontVariantNumeric: 'tabular-nums' }}>
						{formatTime(ms).replace(/\.000$/, '')}
					</text>
				</g>
			))}
		</g>
	);
}
