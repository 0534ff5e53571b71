import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Proposal, Submission } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { edit } from './deskStore.ts';
import { setMark } from './gradingStore.ts';

/** What the model proposes, said to be that; folded once the teacher has a mark of their own. */
export function ProposalView({ submission, proposal, isFolded }: { submission: Submission; proposal: Proposal; isFolded: boolean }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = (
		<>
			<Feedback proposal={proposal} />
			<Typography variant="caption" component="div" sx={{ mt: 1, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{t('proposal.origin', { model: proposal.modelName, tokens: format.number(proposal.tokens) })}
				{proposal.charged !== null && ` · ${t('proposal.charged', { tokens: format.number(proposal.charged) })}`}
			</Typography>
		</>
	);
	if (isFolded) {
		return (
			<Box component="details">
				<Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary', width: 'fit-content' }}>
					{t('proposal.folded', { score: format.number(proposal.score) })}
				</Box>
				<Box sx={{ mt: 1 }}>{words}</Box>
			</Box>
		);
	}
	return (
		<Box component="section" aria-label={t('proposal.title')} sx={{ border: '1px dashed', borderColor: 'surface.line', borderRadius: 1, p: 2 }}>
			<Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: 1, mb: 1 }}>
				<Typography variant="h2">{t('proposal.title')}</Typography>
				<Typography variant="h1" component="span" sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
					{t('proposal.score', { score: format.number(proposal.score) })}
				</Typography>
			</Box>
			{words}
			<Box sx={{ display: 'flex', gap: 1, mt: 2 }}>
				<Button variant="outlined" size="small" onClick={() => void setMark(submission.id, proposal.score, proposal.feedback)}>
					{t('proposal.accept')}
				</Button>
				<Button size="small" color="inherit" onClick={() => edit(submission.id)}>
					{t('proposal.edit')}
				</Button>
			</Box>
		</Box>
	);
}

function Feedback({ proposal: { feedback, suggestions } }: { proposal: Proposal }) {
	const { t } = useTranslation('grading');
	return (
		<>
			<Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
				{feedback}
			</Typography>
			{suggestions.length > 0 && (
				<>
					<Typography variant="caption" component="h3" sx={{ mt: 1, color: 'text.secondary' }}>
						{t('proposal.suggestions')}
					</Typography>
					<Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
						{[...new Set(suggestions)].map((suggestion) => (
							<li key={suggestion} dir="auto">
								{suggestion}
							</li>
						))}
					</Box>
				</>
			)}
		</>
	);
}
