import MergeIcon from '@mui/icons-material/CallMergeOutlined';
import SplitIcon from '@mui/icons-material/CallSplitOutlined';
import ApproveIcon from '@mui/icons-material/CheckOutlined';
import CopyIcon from '@mui/icons-material/ContentCopyOutlined';
import HistoryIcon from '@mui/icons-material/HistoryOutlined';
import RetranslateIcon from '@mui/icons-material/TranslateOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { ReadingRules } from '#contract/readingRules.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { subtitleLimits } from '#contract/subtitleLimits.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { mergeChosen, setApproved, splitSelected } from './benchActs.ts';
import { openDialog } from './benchStore.ts';
import { CueMeasures } from './CueMeasures.tsx';
import { CueTimes } from './CueTimes.tsx';
import { keepDrafts, typeTarget, useDrafts } from './cueDraft.ts';
import { toEdited } from './editedText.ts';
import { targetId } from './focusBench.ts';
import { MemoryHits } from './MemoryHits.tsx';

interface Props {
	project: SubtitleProject;
	cue: SubtitleCue;
	/** From 1. */
	number: number;
	/** How many cues are worked on together. */
	chosenCount: number;
	next: SubtitleCue | null;
	rules: ReadingRules;
	fps: number;
}

/** The selected cue: its source, its target as it is typed, its times and measures, and what can be done with it. */
export function CueEditor({ project, cue, number, chosenCount, next, rules, fps }: Props) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const draft = useDrafts(({ drafts }) => drafts[cue.id] ?? null);
	const shown = draft ?? toEdited(cue.target ?? '', project.format);
	const source = toEdited(cue.source, project.format);
	const isSent = cue.skip === null;
	return (
		<Box
			component="section"
			aria-label={t('editor.label', { number: format.number(number) })}
			sx={{ flex: 'none', borderTop: 1, borderColor: 'divider', px: 1.5, py: 1 }}
		>
			<Box sx={{ display: 'flex', alignItems: 'center', columnGap: 1.5, flexWrap: 'wrap', mb: 0.75, minHeight: 30, '& > *': { flex: 'none' } }}>
				<Typography noWrap sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
					{t('editor.number', { number: format.number(number) })}
				</Typography>
				<CueTimes key={`${cue.id} ${cue.startMs} ${cue.endMs}`} cue={cue} />
				{cue.actor !== '' && (
					<Typography dir="auto" noWrap sx={{ color: 'text.secondary', minWidth: 0 }}>
						{cue.actor}
					</Typography>
				)}
				<Typography noWrap role="status" sx={{ '&&': { flex: '1 0 auto' }, color: 'text.secondary', textAlign: 'right' }}>
					{chosenCount > 1 && t('editor.chosen', { count: chosenCount })}
				</Typography>
				<SymbolButton label={t('editor.versions')} onClick={() => openDialog('versions')}>
					<HistoryIcon fontSize="small" />
				</SymbolButton>
				{isSent && (
					<SymbolButton label={t('keys.split')} onClick={() => void splitSelected()}>
						<SplitIcon fontSize="small" />
					</SymbolButton>
				)}
				{chosenCount <= subtitleLimits.mergedCues && (chosenCount > 1 || (isSent && next !== null)) && (
					<SymbolButton label={chosenCount > 1 ? t('editor.mergeChosen', { count: chosenCount }) : t('keys.merge')} onClick={() => void mergeChosen()}>
						<MergeIcon fontSize="small" />
					</SymbolButton>
				)}
				{isSent && (
					<>
						<SymbolButton label={t('editor.retranslate')} onClick={() => openDialog('retranslate')}>
							<RetranslateIcon fontSize="small" />
						</SymbolButton>
						<SymbolButton label={t('editor.copySource')} onClick={() => typeTarget(cue.id, source)}>
							<CopyIcon fontSize="small" />
						</SymbolButton>
						<Button
							size="small"
							variant={cue.isApproved ? 'text' : 'outlined'}
							color="inherit"
							startIcon={<ApproveIcon />}
							sx={{ ml: 'auto' }}
							disabled={cue.target === null && draft === null}
							onClick={() => void setApproved(cue.id, !cue.isApproved)}
						>
							{t(cue.isApproved ? 'editor.unapprove' : 'editor.approve')}
						</Button>
					</>
				)}
			</Box>
			<Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 1.5 }}>
				<Box
					role="group"
					aria-label={t('bench.source')}
					dir="auto"
					sx={{ ...fieldLook, bgcolor: 'surface.sunken', whiteSpace: 'pre-wrap', overflow: 'auto', maxHeight: 96 }}
				>
					{source}
				</Box>
				<InputBase
					id={targetId}
					multiline
					minRows={2}
					maxRows={4}
					value={isSent ? shown : t(`editor.skip.${cue.skip ?? 'empty'}`)}
					disabled={!isSent}
					placeholder={t('editor.placeholder')}
					onChange={(event) => typeTarget(cue.id, event.target.value)}
					onBlur={() => void keepDrafts()}
					inputProps={{ 'aria-label': t('bench.target'), dir: 'auto', lang: project.targetLanguage }}
					sx={{ ...fieldLook, bgcolor: 'background.paper', alignItems: 'flex-start', '&.Mui-focused': { borderColor: 'primary.main' } }}
				/>
				<MemoryHits project={project} cue={cue} />
				{isSent && <CueMeasures text={shown} startMs={cue.startMs} endMs={cue.endMs} next={next} rules={rules} fps={fps} />}
			</Box>
			{cue.tagFaults.length > 0 && (
				<Typography variant="caption" component="p" sx={{ m: 0, mt: 0.5, color: 'warning.main' }}>
					{cue.tagFaults.map(({ what, tag }) => t(`editor.tagFaults.${what}`, { tag })).join(' · ')}
				</Typography>
			)}
			<ErrorNotice error={cue.failure} sx={{ mt: 1 }} />
		</Box>
	);
}

const fieldLook = { border: 1, borderColor: 'surface.line', borderRadius: 1, px: 1.25, py: 0.75, minHeight: 58, typography: 'body1' } as const;
