import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Answer, Proposal, Question } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { canTakeOver, isDoubtful, isOvertaken } from './arrangeDesk.ts';
import { ConfidenceBar } from './ConfidenceBar.tsx';
import { acceptProposal } from './deskActs.ts';

/** What is proposed, said to be that: by whom, how sure, and what a person should look at. With a mark of the teacher it says only what the proposal was. */
export function ProposalNote({ answer, question, proposal }: { answer: Answer; question: Question; proposal: Proposal }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const isOpen = answer.mark === null;
	const worth = t('desk.pointsOf', { points: format.number(proposal.points, 2), outOf: format.number(proposal.outOf, 2) });
	return (
		<Box
			component="section"
			aria-label={t('proposal.title')}
			sx={{ border: isOpen ? '1px dashed' : '1px solid', borderColor: isOpen ? 'surface.line' : 'divider', borderRadius: 1, p: 1.5 }}
		>
			<Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 1 }}>
				<Typography variant="h2">{t(proposal.decidedBy === 'check' ? 'proposal.byCheck' : 'proposal.title')}</Typography>
				<Typography sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{worth}</Typography>
			</Box>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 0.5 }}>
				<ConfidenceBar confidence={proposal.confidence} isDoubtful={isDoubtful(answer)} />
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t(`proposal.sure.${sureness(proposal.confidence)}`)}
				</Typography>
			</Box>
			<Doubts proposal={proposal} />
			<Typography variant="caption" component="div" sx={{ mt: 0.5, color: 'text.secondary', fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
				{proposal.tokens === 0 ? proposal.modelName : t('proposal.origin', { model: proposal.modelName, tokens: format.number(proposal.tokens) })}
				{proposal.charged !== null && proposal.charged > 0 && ` · ${t('proposal.charged', { tokens: format.number(proposal.charged) })}`}
			</Typography>
			{(isOpen || isOvertaken(answer)) && (
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mt: 1 }}>
					{canTakeOver(answer) && (
						<Button variant="contained" size="small" aria-keyshortcuts="a" onClick={() => void acceptProposal(question, answer)}>
							{t('proposal.accept')}
						</Button>
					)}
					<Typography variant="caption" sx={{ color: 'text.secondary' }}>
						{t(proposal.isOutdated ? 'proposal.outdated' : isOpen ? 'proposal.notFinal' : 'proposal.overtaken')}
					</Typography>
				</Box>
			)}
		</Box>
	);
}

function Doubts({ proposal: { doubts } }: { proposal: Proposal }) {
	const { t } = useTranslation('grading');
	if (doubts.length === 0) return null;
	return (
		<Box component="ul" aria-label={t('proposal.doubts')} sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
			{doubts.map((doubt) => (
				<Box component="li" key={doubt} sx={{ color: doubt === 'wholeJudgement' ? 'text.secondary' : 'warning.main' }}>
					{t(`doubt.${doubt}`)}
				</Box>
			))}
		</Box>
	);
}

function sureness(confidence: number): 'very' | 'fairly' | 'hardly' {
	if (confidence >= 0.8) return 'very';
	return confidence >= 0.5 ? 'fairly' : 'hardly';
}
