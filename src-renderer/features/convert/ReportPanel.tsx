import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { ConvertReport } from '#contract/convertReport.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { formatNames } from './formatStore.ts';
import { groupNotes } from './groupNotes.ts';
import { PlaceRow } from './PlaceRow.tsx';
import { VerdictLabel } from './VerdictLabel.tsx';

const tones = { lost: 'warn', changed: 'quiet', convention: 'quiet' } as const;

interface Props {
	report: ConvertReport;
	/** Leads to the line of a note; left out where there is no source beside it. */
	onPlace?: (line: number | null, column: number | null) => void;
}

/** What could not be carried, or only by convention: each kind once, with how to avoid it, and below it every place. */
export function ReportPanel({ report, onPlace }: Props) {
	const { t } = useTranslation('convert');
	const { t: words } = useTranslation('convert', { keyPrefix: 'notes' });
	const groups = groupNotes(report.notes);
	const formats = { from: formatNames[report.from], to: formatNames[report.to] };
	return (
		<Box>
			<Verdict report={report} />
			{groups.map(({ code, kind, notes }) => (
				<Box key={`${kind} ${code}`} sx={{ mt: 1.5 }}>
					<Box sx={{ display: 'flex', gap: 1.5, alignItems: 'baseline', flexWrap: 'wrap' }}>
						<StateLabel tone={tones[kind]} label={t(`kinds.${kind}`)} />
						{/* The codes are the formats' own; one that has no words here is said by its name. */}
						<Typography sx={{ minWidth: 0 }}>{words([`${code}.what`, 'other.what'] as never, { ...formats, code }) as string}</Typography>
						<Typography variant="caption" sx={{ color: 'text.secondary' }}>
							{words([`${code}.avoid`, 'other.avoid'] as never, formats) as string}
						</Typography>
					</Box>
					<Box component="ul" sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
						{notes.map((note, index) => (
							// Two notes may say the same of one place, and the list is made anew with each report.
							<PlaceRow
								// biome-ignore lint/suspicious/noArrayIndexKey: see above
								key={index}
								line={note.line}
								where={note.path}
								what={[note.what, note.became].flatMap((part) => (part === null ? [] : part === '' ? t('verdict.nothing') : part)).join(' → ')}
								onPlace={onPlace && (() => onPlace(note.line, note.column))}
							/>
						))}
					</Box>
				</Box>
			))}
		</Box>
	);
}

/** In a line: that all was kept, or how much was not, and whether the way back gives the source again. */
function Verdict({ report: { counts, notes, roundTrip, sidecar } }: { report: ConvertReport }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const total = counts.lost + counts.changed + counts.convention;
	const parts = (['lost', 'changed', 'convention'] as const).filter((kind) => counts[kind] > 0);
	return (
		<Box role="status" sx={{ display: 'flex', gap: 2, alignItems: 'baseline', flexWrap: 'wrap' }}>
			<VerdictLabel counts={counts} />
			{parts.filter((kind) => kind !== 'lost').length > 0 && (
				<Typography sx={{ color: 'text.secondary' }}>
					{parts
						.filter((kind) => kind !== 'lost')
						.map((kind) => t(`counts.${kind}`, { number: format.number(counts[kind]) }))
						.join(' · ')}
				</Typography>
			)}
			{roundTrip === null && <Typography sx={{ color: 'text.secondary' }}>{t('verdict.streamed')}</Typography>}
			{(sidecar === 'streamed' || sidecar === 'selected') && <StateLabel tone="warn" label={t(`verdict.noSidecar.${sidecar}`)} />}
			{roundTrip !== null && (
				<Typography sx={{ color: 'text.secondary' }}>
					{roundTrip.isSame
						? t('verdict.same')
						: t('verdict.differs', { path: roundTrip.path, was: roundTrip.was || t('verdict.nothing'), became: roundTrip.became || t('verdict.nothing') })}
				</Typography>
			)}
			{notes.length < total && <Typography sx={{ color: 'text.secondary' }}>{t('verdict.first', { shown: format.number(notes.length) })}</Typography>}
		</Box>
	);
}
