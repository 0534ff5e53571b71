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
import { approvable, doubtsOf } from './arrangeCues.ts';
import { mergeChosen, setApproved, splitSelected } from './benchActs.ts';
import { openDialog } from './benchStore.ts';
import { CueMeasures } from './CueMeasures.tsx';
import { CueTimes } from './CueTimes.tsx';
import { keepDrafts, settleMeanwhile, typeTarget, useDrafts, writtenMeanwhile } from './cueDraft.ts';
import { toEdited } from './editedText.ts';
import { targetId } from './focusBench.ts';
import { MemoryHits } from './MemoryHits.tsx';
import { missingTags, putTagsBack } from './missingTags.ts';
import { useFindingWords } from './useFindingWords.ts';

interface Props {
	project: SubtitleProject;
	cue: SubtitleCue;
	/** From 1. */
	number: number;
	/** The cues that are worked on together, this one among them. */
	chosen: readonly SubtitleCue[];
	/** The one after it in the list. */
	next: SubtitleCue | null;
	/** The one that is read after it. */
	nextRead: SubtitleCue | null;
	rules: ReadingRules;
	fps: number;
}

/** The selected cue: its source, its target as it is typed, its times and measures, and what can be done with it. */
export function CueEditor({ project, cue, number, chosen, next, nextRead, rules, fps }: Props) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const source = toEdited(cue.source, project.format);
	const isSent = cue.skip === null;
	const chosenCount = chosen.length;
	const drafts = useDrafts((state) => state.drafts);
	const base = useDrafts((state) => state.bases[cue.id]);
	const toApprove = approvable(chosen, drafts);
	const target = toEdited(cue.target ?? '', project.format);
	const shown = drafts[cue.id] ?? target;
	const meanwhile = writtenMeanwhile(target, drafts[cue.id], base);
	const open = toApprove.filter((one) => !one.isApproved).length;
	const isApproved = toApprove.length > 0 && open === 0;
	const wordsOf = useFindingWords();
	const missing = missingTags(
		source,
		shown,
		cue.tagFaults.map(({ tag }) => tag),
	);
	const doubts = [
		...cue.findings.map(wordsOf),
		...cue.tagFaults.map(({ what, tag }) => t(missing.includes(tag) ? 'editor.tagMissing' : `editor.tagFaults.${what}`, { tag })),
		...doubtsOf(cue).flatMap((doubt) => {
			if (doubt === 'tooLong') return [t('editor.tooLong')];
			return doubt === 'unsure' && cue.confidence !== null ? [wordsOf({ kind: 'confidence', measured: cue.confidence })] : [];
		}),
	];
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
					</>
				)}
				{(isSent || chosenCount > 1) && (
					<Button
						size="small"
						variant={isApproved ? 'text' : 'outlined'}
						color="inherit"
						startIcon={<ApproveIcon />}
						sx={{ ml: 'auto' }}
						disabled={toApprove.length === 0}
						onClick={() => void setApproved(!isApproved)}
					>
						{isApproved ? t('editor.unapprove') : chosenCount > 1 && open > 0 ? t('editor.approveChosen', { open: format.number(open) }) : t('editor.approve')}
					</Button>
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
				{isSent && <CueMeasures text={shown} startMs={cue.startMs} endMs={cue.endMs} next={nextRead} rules={rules} fps={fps} />}
			</Box>
			{meanwhile !== null && (
				<Box role="alert" sx={{ mt: 0.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
					<Typography dir="auto" sx={{ color: 'warning.main', overflowWrap: 'anywhere' }}>
						{t('editor.meanwhile', { text: meanwhile })}
					</Typography>
					<Button size="small" color="inherit" onClick={() => settleMeanwhile(cue.id, meanwhile, false)}>
						{t('editor.takeTheirs')}
					</Button>
					<Button size="small" color="inherit" onClick={() => settleMeanwhile(cue.id, meanwhile, true)}>
						{t('editor.keepMine')}
					</Button>
				</Box>
			)}
			{doubts.length > 0 && (
				<Typography variant="caption" component="p" sx={{ m: 0, mt: 0.5, color: 'warning.main' }}>
					{doubts.join(' · ')}
					{missing.length > 0 && (
						<Button size="small" sx={{ ml: 1, py: 0, minHeight: 24 }} onClick={() => typeTarget(cue.id, putTagsBack(source, shown, missing))}>
							{t('editor.putTagsBack', { count: missing.length })}
						</Button>
					)}
				</Typography>
			)}
			<ErrorNotice error={cue.failure} sx={{ mt: 1 }} />
		</Box>
	);
}

const fieldLook = { border: 1, borderColor: 'surface.line', borderRadius: 1, px: 1.25, py: 0.75, minHeight: 58, typography: 'body1' } as const;
